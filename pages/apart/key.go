package apart

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"holdthering/textfile"
)

const (
	// KeyVariable names the file of the key of both processes.
	KeyVariable = "HTR_PAGES_APART_KEY_FILE"

	keyBytes       = 32
	longestKeyFile = 4 << 10
)

// Key seals what goes between the two processes: one part for questions, one for answers.
type Key struct{ questions, answers cipher.AEAD }

// Read reads a key file: 64 hexadecimal digits.
func Read(path string) (Key, error) {
	text, err := textfile.Read(path, longestKeyFile)
	if err != nil {
		return Key{}, err
	}
	k, err := Parse(text)
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// Parse reads the key of a text.
func Parse(text string) (Key, error) {
	secret, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(secret) != keyBytes {
		return Key{}, fmt.Errorf("the key has %d hexadecimal digits, and nothing else stands there (openssl rand -hex %d)",
			2*keyBytes, keyBytes)
	}
	var k Key
	for name, into := range map[string]*cipher.AEAD{"questions": &k.questions, "answers": &k.answers} {
		part, err := hkdf.Key(sha256.New, secret, nil, "holdthering pages apart "+name, keyBytes)
		if err != nil {
			return Key{}, err
		}
		block, err := aes.NewCipher(part)
		if err != nil {
			return Key{}, err
		}
		if *into, err = cipher.NewGCMWithRandomNonce(block); err != nil {
			return Key{}, err
		}
	}
	return k, nil
}
