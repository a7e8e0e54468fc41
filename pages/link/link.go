package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"holdthering/regime"
)

// ErrDead is said of every link that opens nothing, whatever is wrong with it.
var ErrDead = errors.New("this link does not open anything, or does so no more")

// Link is what a link holds.
type Link struct {
	// Ref is the case's reference, or the group's: "K7QM-3XRD", "group-Q56".
	Ref    string
	Party  regime.Party
	Level  regime.Level // of the contact to which it was sent
	Notice string       // "n12"
	// Expires is by the case's own clock, to the second.
	Expires time.Time
	// Mailbox is the mark of the address to which it was sent; see Keys.Mailbox.
	Mailbox Mark
	// ID names the link where it is spoken of: it opens nothing, and tells nothing.
	ID string

	by int // which key signed it
}

// Mark stands for an address and does not tell it.
type Mark [8]byte

const (
	version byte = 1
	// block is what contents are filled up to a multiple of, so that a link's length does not tell
	// one party from another.
	block   = 64
	signed  = sha256.Size
	longest = 1024 // in letters; ours have about 170
)

var letters = base64.RawURLEncoding.Strict()

// Sign writes the link. Its id need not be set; it follows from the rest.
func (ks Keys) Sign(l Link) (string, error) {
	if len(ks) == 0 {
		return "", errors.New("there is no key to sign a link with")
	}
	k := ks[0]
	plain, err := l.contents()
	if err != nil {
		return "", err
	}
	nonce := sum(k.nonce, plain)[:k.seal.NonceSize()]
	raw := append([]byte{version}, nonce...)
	raw = k.seal.Seal(raw, nonce, plain, []byte{version})
	return letters.EncodeToString(append(raw, sum(k.sign, raw)...)), nil
}

// Open reads a link whose time is not looked at; see Link.Live. Every key is tried whatever comes of the
// others, so that the time it takes does not tell which of them there are.
func (ks Keys) Open(text string) (Link, error) {
	if len(text) > longest {
		return Link{}, ErrDead
	}
	raw, err := letters.DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") { // which the decoder passes over
		raw = nil
	}
	if len(raw) < signed+1 {
		raw = make([]byte, signed+1) // signed by none
	}
	body, signature := raw[:len(raw)-signed], raw[len(raw)-signed:]
	found := -1
	for i, k := range ks {
		if hmac.Equal(sum(k.sign, body), signature) {
			found = i
		}
	}
	if found < 0 {
		return Link{}, ErrDead
	}
	return ks.read(found, body)
}

func (ks Keys) read(by int, body []byte) (Link, error) {
	k := ks[by]
	if size := k.seal.NonceSize(); body[0] != version || len(body) < 1+size {
		return Link{}, ErrDead
	}
	nonce := body[1 : 1+k.seal.NonceSize()]
	plain, err := k.seal.Open(nil, nonce, body[1+len(nonce):], body[:1])
	if err != nil {
		return Link{}, ErrDead
	}
	l, ok := readContents(plain)
	if !ok {
		return Link{}, ErrDead
	}
	l.by = by
	l.ID = strings.ToLower(base32.StdEncoding.EncodeToString(sum(k.id, plain)[:10]))
	return l, nil
}

// Live refuses a link whose time is over.
func (l Link) Live(now time.Time) error {
	if !now.Before(l.Expires) {
		return ErrDead
	}
	return nil
}

// Mailbox is the mark of an address under the key that signs.
func (ks Keys) Mailbox(address string) Mark {
	if len(ks) == 0 {
		return Mark{}
	}
	return ks[0].mailbox(address)
}

// SentTo reports whether the link was sent to the address.
func (ks Keys) SentTo(l Link, address string) bool {
	if l.by < 0 || l.by >= len(ks) {
		return false
	}
	m := ks[l.by].mailbox(address)
	return hmac.Equal(m[:], l.Mailbox[:])
}

func (k key) mailbox(address string) (m Mark) {
	copy(m[:], sum(k.mark, []byte(strings.ToLower(address))))
	return m
}

func sum(key, text []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(text)
	return mac.Sum(nil)
}

// contents are the fields in one row, filled up.
func (l Link) contents() ([]byte, error) {
	at := l.Expires.Unix()
	if at <= 0 {
		return nil, errors.New("a link has a time at which it ends")
	}
	out := binary.BigEndian.AppendUint64(nil, uint64(at))
	out = append(out, l.Mailbox[:]...)
	for _, text := range []string{l.Ref, string(l.Party), string(l.Level), l.Notice} {
		if text == "" || len(text) > 100 {
			return nil, fmt.Errorf("a link cannot hold %q", text)
		}
		out = append(append(out, byte(len(text))), text...)
	}
	for out = append(out, 0); len(out)%block != 0; {
		out = append(out, 0)
	}
	return out, nil
}

func readContents(raw []byte) (l Link, ok bool) {
	if len(raw) < 8+len(l.Mailbox) {
		return Link{}, false
	}
	l.Expires = time.Unix(int64(binary.BigEndian.Uint64(raw)), 0).UTC()
	raw = raw[8:]
	raw = raw[copy(l.Mailbox[:], raw):]
	var texts [4]string
	for i := range texts {
		if len(raw) == 0 || raw[0] == 0 || len(raw) <= int(raw[0]) {
			return Link{}, false
		}
		texts[i], raw = string(raw[1:1+raw[0]]), raw[1+raw[0]:]
	}
	l.Ref, l.Party, l.Level, l.Notice = texts[0], regime.Party(texts[1]), regime.Level(texts[2]), texts[3]
	return l, true
}
