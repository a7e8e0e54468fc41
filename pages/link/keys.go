package link

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

// Variable names the file of the keys.
const Variable = "HTR_PAGES_KEY_FILE"

const (
	keyBytes = 32
	// longestKeyFile is in bytes; mostKeys bounds what each forged link costs.
	longestKeyFile = 64 << 10
	mostKeys       = 8
)

// Keys are those of a key file: the first signs, all of them verify. To rotate, put a new key above the
// old one, and take the old one out when its last link has expired.
type Keys []key

// key is what is derived from one secret, each part for one use.
type key struct {
	sign, nonce, mark, id []byte
	seal                  cipher.AEAD
}

// Read reads a key file: 64 hexadecimal digits a line, one key each.
func Read(path string) (Keys, error) {
	text, err := textfile.Read(path, longestKeyFile)
	if err != nil {
		return nil, err
	}
	keys, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return keys, nil
}

// Parse reads the keys of a text.
func Parse(text string) (Keys, error) {
	var keys Keys
	seen := map[string]bool{}
	for _, word := range strings.Fields(text) {
		secret, err := hex.DecodeString(word)
		if err != nil || len(secret) != keyBytes {
			return nil, fmt.Errorf("a key has %d hexadecimal digits (openssl rand -hex %d)", 2*keyBytes, keyBytes)
		}
		if seen[string(secret)] {
			return nil, fmt.Errorf("one key stands there twice")
		}
		seen[string(secret)] = true
		k, err := derive(secret)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	switch {
	case len(keys) == 0:
		return nil, fmt.Errorf("there is no key (openssl rand -hex %d makes one)", keyBytes)
	case len(keys) > mostKeys:
		return nil, fmt.Errorf("there are %d keys, %d at most", len(keys), mostKeys)
	}
	return keys, nil
}

func derive(secret []byte) (key, error) {
	var k key
	for _, part := range []struct {
		into *[]byte
		name string
	}{{&k.sign, "sign"}, {&k.nonce, "nonce"}, {&k.mark, "mailbox"}, {&k.id, "id"}} {
		var err error
		if *part.into, err = hkdf.Key(sha256.New, secret, nil, "holdthering link "+part.name, keyBytes); err != nil {
			return key{}, err
		}
	}
	sealing, err := hkdf.Key(sha256.New, secret, nil, "holdthering link seal", keyBytes)
	if err != nil {
		return key{}, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return key{}, err
	}
	k.seal, err = cipher.NewGCM(block)
	return k, err
}
