package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"holdthering/textfile"
)

// Variable names the file of the key. Open leaves payloads as they are, for who has an
// encrypting server of another make.
const (
	Variable = "HTR_KEY_FILE"
	Open     = "none"
)

// Keys are those of a key file: the first seals, all of them open.
type Keys []Key

// Key is one of them.
type Key struct {
	// ID tells keys apart and says nothing of the key.
	ID   string
	aead cipher.AEAD
}

const keyBytes = 32

// longestKeyFile is in bytes, room for a thousand keys.
const longestKeyFile = 64 << 10

// FromEnv reads the keys of the environment's file, and makes the file with a new key where
// there is none. No keys and no error: payloads stay open.
func FromEnv(getenv func(string) string) (Keys, error) {
	path := getenv(Variable)
	if path == Open {
		return nil, nil
	}
	if path == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("where is the key? %s names its file (%w)", Variable, err)
		}
		path = filepath.Join(dir, "holdthering", "key")
	}
	keys, err := Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(path); err != nil {
			return nil, fmt.Errorf("make the key %s: %w", path, err)
		}
		keys, err = Read(path)
	}
	if err != nil {
		return nil, fmt.Errorf("the key of %s: %w", Variable, err)
	}
	return keys, nil
}

// Read reads a key file: 64 hexadecimal digits a line, one key each.
func Read(path string) (Keys, error) {
	text, err := textfile.Read(path, longestKeyFile)
	if err != nil {
		return nil, err
	}
	var keys Keys
	for _, word := range strings.Fields(text) {
		secret, err := hex.DecodeString(word)
		if err != nil || len(secret) != keyBytes {
			return nil, fmt.Errorf("%s: a key has %d hexadecimal digits", path, 2*keyBytes)
		}
		key, err := newKey(secret)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if keys == nil {
		return nil, fmt.Errorf("%s is empty", path)
	}
	return keys, nil
}

func newKey(secret []byte) (Key, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return Key{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return Key{}, err
	}
	sum := sha256.Sum256(secret)
	return Key{ID: hex.EncodeToString(sum[:6]), aead: aead}, nil
}

// create makes the file whole or not at all, and never over another: two programs that start
// at once come to the same key.
func create(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	secret := make([]byte, keyBytes)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".new-key-") // readable by its owner alone
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(secret) + "\n")
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Link(temp.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func (k Keys) find(id string) (Key, bool) {
	for _, key := range k {
		if key.ID == id {
			return key, true
		}
	}
	return Key{}, false
}
