package events

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sendgrid/sendgrid-go/helpers/eventwebhook"
)

// The headers that SendGrid signs a batch by.
const (
	SignatureHeader = eventwebhook.VerificationHTTPHeader
	TimestampHeader = eventwebhook.TimestampHTTPHeader
)

// oldest is how old a batch may be: the service repeats for a day.
const oldest = 25 * time.Hour

// ahead is how far the service's clock may be before ours.
const ahead = 5 * time.Minute

// Keys verify the signature of a batch; any one of them is enough, so that a new key can be
// brought in before the old one goes.
type Keys []*ecdsa.PublicKey

// maxKeys: one that goes and one that comes.
const maxKeys = 2

// pemForm is a key between its two lines, which may all be one, with "\n" for the line ends.
var pemForm = regexp.MustCompile(`(?s)-----BEGIN [A-Z ]+-----(.*?)-----END [A-Z ]+-----`)

// ParseKeys reads one or two public keys as SendGrid shows them, base64 of the DER form, apart
// by blanks or commas; or as a PEM file has them.
func ParseKeys(text string) (Keys, error) {
	text = pemForm.ReplaceAllStringFunc(text, func(block string) string {
		inner := strings.ReplaceAll(strings.ReplaceAll(pemForm.FindStringSubmatch(block)[1], `\r`, ""), `\n`, "")
		return " " + strings.Join(strings.Fields(inner), "") + " "
	})
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r <= ' ' })
	if len(words) == 0 || len(words) > maxKeys {
		return nil, fmt.Errorf("there must be 1 or %d keys, not %d", maxKeys, len(words))
	}
	var keys Keys
	for _, w := range words {
		der, err := base64.StdEncoding.DecodeString(w)
		if err != nil {
			return nil, errors.New("a key is not base64")
		}
		parsed, err := x509.ParsePKIXPublicKey(der)
		key, ok := parsed.(*ecdsa.PublicKey)
		if err != nil || !ok || key.Curve != elliptic.P256() {
			return nil, errors.New("a key is not a public key of the kind ECDSA P-256")
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// What is signed is the time stamp with the body right behind it. That the stamp has ten
// digits and the body begins with a bracket keeps the border between them where it was.
var stampForm = regexp.MustCompile(`^[0-9]{10}$`)

// verify reports whether the batch is the service's own and not an old one.
func (k Keys) verify(h http.Header, body []byte, now time.Time) bool {
	stamp := h.Get(TimestampHeader)
	if !stampForm.MatchString(stamp) || len(body) == 0 || body[0] != '[' {
		return false
	}
	seconds, _ := strconv.ParseInt(stamp, 10, 64) // ten digits
	if age := now.Sub(time.Unix(seconds, 0)); age > oldest || age < -ahead {
		return false
	}
	for _, key := range k {
		if ok, err := eventwebhook.VerifySignature(key, body, h.Get(SignatureHeader), stamp); ok && err == nil {
			return true
		}
	}
	return false
}
