// Package guess tries, for tests, whether what is kept in confidence can be guessed back from what can be read.
package guess

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
)

// Guesser has a text that somebody can read, and tries whether a guess stands in it as a digest. It knows
// what stands openly beside: references, keys, numbers, of which a digest may have been made as well.
type Guesser struct {
	hex     map[string]bool // every run of enough hexadecimal digits, and what base64 holds
	whole   map[string]bool // words of such digits that are shorter
	numbers map[string]bool
	beside  []string
	Tries   int
	// Short: what Try found last are 32 bits, which one of some millions of guesses has by chance. It is a
	// finding where the same guess is found in another text of the same acts.
	Short bool
}

// run is how many digits in a row no two guesses have by chance.
const run = 12

var (
	hexWord    = regexp.MustCompile(`[0-9a-fA-F]{8,}`)
	base64Word = regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}={0,2}`)
	number     = regexp.MustCompile(`[0-9]{7,20}`)
	uuidForm   = regexp.MustCompile(`([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})`)
)

// New reads the text once.
func New(open string, beside ...string) *Guesser {
	g := &Guesser{hex: map[string]bool{}, whole: map[string]bool{}, numbers: map[string]bool{}, beside: append(beside, "")}
	for _, w := range hexWord.FindAllString(uuidForm.ReplaceAllString(open, "$1$2$3$4$5"), -1) {
		g.digits(strings.ToLower(w))
	}
	for _, w := range base64Word.FindAllString(open, -1) {
		w = strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(w)
		for len(w)%4 == 1 {
			w = w[:len(w)-1]
		}
		if raw, err := base64.RawStdEncoding.DecodeString(w); err == nil {
			g.digits(hex.EncodeToString(raw))
		}
	}
	for _, n := range number.FindAllString(open, -1) {
		g.numbers[n] = true
	}
	return g
}

func (g *Guesser) digits(w string) {
	if len(w) < run {
		g.whole[w] = true
	}
	for i := 0; i+run <= len(w); i++ {
		g.hex[w[i:i+run]] = true
	}
}

var hashes = []func() hash.Hash{md5.New, sha1.New, sha256.New, sha512.New}

// joints are what may stand between the parts of what a digest is made of.
var joints = []string{"", "\n", "\x00", "|", ":", "/"}

// Try reports whether a digest of the guess stands in the text: of it alone, in quotes, or with one of the
// things that stand beside it, before it, after it or as a key.
func (g *Guesser) Try(guess string) bool {
	for _, form := range []string{guess, strconv.Quote(guess)} {
		for _, b := range g.beside {
			for _, j := range joints {
				if g.digest(b+j+form) || b != "" && g.digest(form+j+b) {
					return true
				}
				if b == "" {
					break
				}
			}
			mac := hmac.New(sha256.New, []byte(b))
			mac.Write([]byte(form))
			g.Tries++
			if g.holds(mac.Sum(nil)) {
				return true
			}
		}
	}
	return false
}

func (g *Guesser) digest(s string) bool {
	for _, h := range hashes {
		g.Tries++
		d := h()
		d.Write([]byte(s))
		if g.holds(d.Sum(nil)) {
			return true
		}
	}
	f, f64 := fnv.New32a(), fnv.New64a()
	_, _ = f.Write([]byte(s)) // never fails
	_, _ = f64.Write([]byte(s))
	for _, n := range []uint64{uint64(f.Sum32()), f64.Sum64(), uint64(crc32.ChecksumIEEE([]byte(s)))} {
		g.Tries++
		if n > 9_999_999 && g.numbers[strconv.FormatUint(n, 10)] {
			g.Short = n>>32 == 0
			return true
		}
	}
	return false
}

// holds: the first digits are looked for, or all of a shorter word.
func (g *Guesser) holds(sum []byte) bool {
	d := hex.EncodeToString(sum)
	g.Short = !g.hex[d[:run]] && !g.whole[d[:10]]
	return !g.Short || g.whole[d[:8]]
}
