package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
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
	"holdthering/whole"
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
	mark []byte // of marks
}

const keyBytes = 32

// longestKeyFile is in bytes, room for a thousand keys.
const longestKeyFile = 64 << 10

// Missing says that there is no key where one is looked for. A new one made in its place would seal
// what the holders of the right one cannot read.
type Missing struct {
	Path string
	// Named: the environment names the file; else it is where this system keeps a user's configuration.
	Named bool
}

func (m *Missing) Error() string {
	if m.Named {
		return fmt.Sprintf("%s names %s, and there is no such file; nothing was done. A key is made by hand, once, "+
			"before the first case: openssl rand -hex 32", Variable, m.Path)
	}
	return fmt.Sprintf("there is no key at %s; nothing was done. The worker makes it when it starts for the first "+
		"time, as 'make dev' does; on another computer, put a copy of its file there, or name it by %s", m.Path, Variable)
}

// FromEnv reads the keys of the environment's file. It makes none: a file that is not there is a
// *Missing. No keys and no error: payloads stay open.
func FromEnv(getenv func(string) string) (Keys, error) {
	path, named, err := locate(getenv)
	if err != nil || path == Open {
		return nil, err
	}
	keys, err := Read(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Missing{Path: path, Named: named}
	case err != nil:
		return nil, fmt.Errorf("the key of %s: %w", Variable, err)
	}
	return keys, nil
}

func locate(getenv func(string) string) (path string, named bool, err error) {
	if path = strings.TrimSpace(getenv(Variable)); path != "" {
		return path, true, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", false, fmt.Errorf("where is the key? %s names its file (%w)", Variable, err)
	}
	return filepath.Join(dir, "holdthering", "key"), false, nil
}

// FirstFromEnv is FromEnv for a place where nothing is sealed yet: where no file is named it makes the
// usual one. One that is named and not there is a slip of the pen there too.
func FirstFromEnv(getenv func(string) string) (Keys, error) {
	keys, err := FromEnv(getenv)
	var missing *Missing
	if !errors.As(err, &missing) || missing.Named {
		return keys, err
	}
	if err := Make(missing.Path); err != nil {
		return nil, fmt.Errorf("make the key %s: %w", missing.Path, err)
	}
	return FromEnv(getenv)
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
	mark := hmac.New(sha256.New, secret)
	mark.Write([]byte("marks"))
	return Key{ID: hex.EncodeToString(sum[:6]), aead: aead, mark: mark.Sum(nil)}, nil
}

// ofThisRun keys marks where nothing is sealed.
var ofThisRun = []byte(rand.Text())

// Mark is the same for the same words, and says nothing of them to those without the key: it can
// stand where the server keeps things openly. Without keys it is different in each run of the
// program.
func (k Keys) Mark(words ...string) string {
	secret := ofThisRun
	if len(k) > 0 {
		secret = k[0].mark
	}
	mac := hmac.New(sha256.New, secret)
	for _, w := range words {
		fmt.Fprintf(mac, "%d %s\n", len(w), w)
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Make makes a key file whole or not at all, and never over another: two programs that start at
// once come to the same key.
func Make(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	secret := make([]byte, keyBytes)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	// Readable by its owner alone.
	err := whole.Add(path, []byte(hex.EncodeToString(secret)+"\n"), 0o600)
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
