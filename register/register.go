package register

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Ending is that of the names of registers: "K7QM-3XRD.register".
const Ending = ".register"

// Sealer seals what is in a part, and opens it.
type Sealer interface {
	Seal(raw []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Shelf is where registers stand: a folder, or a database that all workers share.
type Shelf interface {
	// Hold gives the register of a reference to one program at a time, for writing.
	Hold(ctx context.Context, ref string, do func(Pages) error) error
	// All are the parts of a register, in the order in which they came, and how many bytes at its end belong to none.
	All(ctx context.Context, ref string) (parts []Part, torn int64, err error)
	// Where says where the register of a reference is, for people.
	Where(ref string) string
}

// Pages are the register of one reference, while somebody holds it.
type Pages interface {
	Has(digest string) (bool, error)
	// After are the parts that follow the one with a digest, the first ones where that is empty.
	After(before string) ([]Part, error)
	// Add puts a part at the end, durably.
	Add(Part) error
}

// Book is the register of one case or group.
type Book struct {
	Ref string
	Shelf
	Sealer
}

// Named is the register of a reference in a folder.
func Named(folder, ref string, s Sealer) Book {
	return Book{Ref: ref, Shelf: Folder(folder), Sealer: s}
}

// Part is one line of a file, or one row of a table.
type Part struct {
	N int `json:"n"`
	// Before is the digest of the part before; empty in the first.
	Before string    `json:"before,omitempty"`
	At     time.Time `json:"at"` // by the case's own clock
	Sealed []byte    `json:"sealed"`
	Digest string    `json:"digest"`
}

// digest is what a part's must be: of all of it but itself.
func (p Part) digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s\n%s\n", p.N, p.Before, p.At.UTC().Format(time.RFC3339Nano))
	h.Write(p.Sealed)
	return hex.EncodeToString(h.Sum(nil))
}

// ErrBehind is the error where the file does not have the part that the case has last put there: it is lost, or
// this is another folder.
var ErrBehind = errors.New("the register here does not have what was put on file before")

// Append adds a part after the one with the digest before, durably, and returns its digest. The same content
// after the same part is added once. The error is ErrBehind where that part is not there.
func (b Book) Append(ctx context.Context, n int, before string, at time.Time, content []byte) (digest string, err error) {
	err = b.Hold(ctx, b.Ref, func(pages Pages) error {
		known := before == ""
		if !known {
			if known, err = pages.Has(before); err != nil {
				return err
			}
		}
		next, err := pages.After(before)
		if err != nil {
			return err
		}
		for _, p := range next {
			if p.N != n || p.digest() != p.Digest {
				continue
			}
			if raw, err := b.Open(p.Sealed); err == nil && bytes.Equal(raw, content) {
				digest = p.Digest // an earlier try came so far
				return nil
			}
		}
		if !known {
			return ErrBehind
		}
		p := Part{N: n, Before: before, At: at.UTC()}
		if p.Sealed, err = b.Seal(content); err != nil {
			return err
		}
		p.Digest = p.digest()
		digest = p.Digest
		return pages.Add(p)
	})
	if err != nil {
		return "", err
	}
	return digest, nil
}

// chain are the parts up to the one with the digest, the first first.
func chain(parts []Part, head string) ([]Part, error) {
	var out []Part
	byDigest := make(map[string]int, len(parts))
	for i, p := range parts {
		byDigest[p.Digest] = i
	}
	for next := head; next != ""; {
		i, ok := byDigest[next]
		switch {
		case !ok && next == head:
			return nil, ErrBehind
		case !ok:
			return nil, fmt.Errorf("part %d is missing: part %d names it", out[len(out)-1].N-1, out[len(out)-1].N)
		case parts[i].digest() != next:
			return nil, fmt.Errorf("part %d was changed: its digest does not fit", parts[i].N)
		case len(out) > 0 && parts[i].N != out[len(out)-1].N-1:
			return nil, fmt.Errorf("part %d follows part %d", out[len(out)-1].N, parts[i].N)
		}
		out = append(out, parts[i])
		next = parts[i].Before
	}
	if len(out) > 0 && out[len(out)-1].N != 1 {
		return nil, fmt.Errorf("part %d has none before it", out[len(out)-1].N)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, nil
}

// Parts are those up to the one with the digest, still sealed.
func (b Book) Parts(ctx context.Context, head string) ([]Part, error) {
	all, _, err := b.All(ctx, b.Ref)
	if err != nil {
		return nil, err
	}
	return chain(all, head)
}

// Read is what is in the parts up to the one with the digest.
func (b Book) Read(ctx context.Context, head string) ([][]byte, error) {
	parts, err := b.Parts(ctx, head)
	if err != nil {
		return nil, err
	}
	return Opened(parts, b.Sealer)
}

// Opened is what is in parts.
func Opened(parts []Part, s Sealer) ([][]byte, error) {
	var out [][]byte
	for _, p := range parts {
		raw, err := s.Open(p.Sealed)
		if err != nil {
			return nil, fmt.Errorf("part %d: %w", p.N, err)
		}
		out = append(out, raw)
	}
	return out, nil
}

// Verified is what was found of a file.
type Verified struct {
	Parts  int       `json:"parts"`
	Digest string    `json:"digest"` // of the last
	Last   time.Time `json:"last"`
	// Aside are parts that nothing goes on from: of a case that was restored from a backup later on.
	Aside int `json:"aside,omitempty"`
	// Torn is what was left after the last whole part, in bytes.
	Torn int64 `json:"torn,omitempty"`
}

// Verify looks whether a file is whole up to the part with the digest, without opening it. With no digest it is
// the last part: then a missing end does not show.
func Verify(path, head string) (v Verified, err error) {
	if _, err := os.Stat(path); err != nil {
		return v, err
	}
	all, torn, err := parts(path)
	if err != nil {
		return v, err
	}
	return verified(all, torn, head)
}

// VerifyOn does the same for the register of a reference, wherever it stands.
func VerifyOn(ctx context.Context, s Shelf, ref, head string) (v Verified, err error) {
	all, torn, err := s.All(ctx, ref)
	if err != nil {
		return v, err
	}
	return verified(all, torn, head)
}

func verified(all []Part, torn int64, head string) (v Verified, err error) {
	if len(all) == 0 {
		return v, errors.New("there is no part in it")
	}
	if head == "" {
		head = all[len(all)-1].Digest
	}
	on, err := chain(all, head)
	if errors.Is(err, ErrBehind) {
		return v, errors.New("no part has the digest " + head + ": the end is missing, or it is another register; it has " +
			strconv.Itoa(len(all)) + " parts")
	}
	if err != nil {
		return v, err
	}
	last := on[len(on)-1]
	return Verified{Parts: len(on), Digest: head, Last: last.At, Aside: aside(all, on), Torn: torn}, nil
}

// aside counts the parts that are neither on the chain nor go on from its end.
func aside(all, on []Part) int {
	known := map[string]bool{}
	for _, p := range on {
		known[p.Digest] = true
	}
	after := map[string]bool{on[len(on)-1].Digest: true}
	n := 0
	for _, p := range all {
		switch {
		case known[p.Digest]:
		case after[p.Before]:
			after[p.Digest] = true
		default:
			n++
		}
	}
	return n
}
