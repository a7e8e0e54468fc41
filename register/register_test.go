package register_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/register"
)

// plain seals nothing, but never the same way twice.
type plain struct{ n *byte }

func (p plain) Seal(raw []byte) ([]byte, error) { *p.n++; return append([]byte{*p.n}, raw...), nil }
func (p plain) Open(b []byte) ([]byte, error)   { return b[1:], nil }

var when = time.Date(2014, 3, 1, 9, 0, 0, 0, time.UTC)

func book(t *testing.T) register.Book {
	return register.Named(t.TempDir(), "K7QM-3XRD", plain{new(byte)})
}

// filled has so many parts and gives their digests.
func filled(t *testing.T, b register.Book, n int) []string {
	t.Helper()
	digests := []string{""}
	for i := range n {
		d, err := b.Append(t.Context(), i+1, digests[i], when, []byte(strings.Repeat("x", i+1)))
		require.NoError(t, err)
		digests = append(digests, d)
	}
	return digests
}

func TestWhatWasPutThereIsReadUpToAnyPart(t *testing.T) {
	b := book(t)
	digests := filled(t, b, 4)
	for i, d := range digests {
		got, err := b.Read(t.Context(), d)
		require.NoError(t, err)
		require.Len(t, got, i)
	}
	info, err := os.Stat(b.Where(b.Ref))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestTheSameContentAfterTheSamePartIsThereOnce(t *testing.T) {
	b := book(t)
	digests := filled(t, b, 2)
	before, err := os.ReadFile(b.Where(b.Ref))
	require.NoError(t, err)
	again, err := b.Append(t.Context(), 2, digests[1], when.Add(time.Hour), []byte("xx"))
	require.NoError(t, err)
	require.Equal(t, digests[2], again)
	after, err := os.ReadFile(b.Where(b.Ref))
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestAPartWhoseForerunnerIsNotThereIsNotTaken(t *testing.T) {
	b, other := book(t), book(t)
	digests := filled(t, b, 2)
	_, err := other.Append(t.Context(), 3, digests[2], when, []byte("xxx"))
	require.ErrorIs(t, err, register.ErrBehind)
	_, err = other.Read(t.Context(), digests[2])
	require.ErrorIs(t, err, register.ErrBehind)
	_, err = os.Stat(other.Where(other.Ref))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// Every byte that is changed, every part that is left out and every end that is missing shows, without a key.
func TestAChangeAGapAndAMissingEndShow(t *testing.T) {
	b := book(t)
	head := filled(t, b, 4)[4]
	whole, err := os.ReadFile(b.Where(b.Ref))
	require.NoError(t, err)
	v, err := register.Verify(b.Where(b.Ref), head)
	require.NoError(t, err)
	require.Equal(t, 4, v.Parts)
	shows := func(changed []byte, what any) {
		t.Helper()
		require.NoError(t, os.WriteFile(b.Where(b.Ref), changed, 0o600))
		_, err := register.Verify(b.Where(b.Ref), head)
		require.Error(t, err, what)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	for i := range 4 {
		left := bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil)
		shows(left, i)
	}
	for _, field := range []string{`"n":2`, `"at":"2014`, `"sealed":"`, `"digest":"`, `"before":"`} {
		i := bytes.LastIndex(whole, []byte(field)) + len(field)
		if field == `"n":2` {
			i--
		}
		changed := bytes.Clone(whole)
		if changed[i-1]++; field[len(field)-1] == '"' {
			changed[i-1]--
			changed[i] = "01"[changed[i]&1^1]
		}
		shows(changed, field)
	}
	for cut := range len(whole) - 1 {
		shows(whole[:cut], cut)
	}
}

func TestWhatAKilledProgramLeftAfterTheLastPartIsPartOfNothing(t *testing.T) {
	b := book(t)
	digests := filled(t, b, 2)
	f, err := os.OpenFile(b.Where(b.Ref), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"n":3,"before":"`)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	v, err := register.Verify(b.Where(b.Ref), digests[2])
	require.NoError(t, err)
	require.Equal(t, int64(17), v.Torn)
	third, err := b.Append(t.Context(), 3, digests[2], when, []byte("xxx"))
	require.NoError(t, err)
	v, err = register.Verify(b.Where(b.Ref), third)
	require.NoError(t, err)
	require.Zero(t, v.Torn)
}

// A case that was restored from a backup knows less than the register, and goes on from there.
func TestARestoredCaseGoesOnFromThePartThatItKnows(t *testing.T) {
	b := book(t)
	digests := filled(t, b, 4)
	other, err := b.Append(t.Context(), 3, digests[2], when, []byte("otherwise"))
	require.NoError(t, err)
	got, err := b.Read(t.Context(), other)
	require.NoError(t, err)
	require.Equal(t, "otherwise", string(got[2]))
	v, err := register.Verify(b.Where(b.Ref), other)
	require.NoError(t, err)
	require.Equal(t, 2, v.Aside)
}

func TestAFileOfSomethingElseIsNoRegister(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.register")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	_, err := register.Verify(path, "")
	require.ErrorContains(t, err, "no part")
	require.NoError(t, os.WriteFile(path, []byte("hello\n"), 0o600))
	_, err = register.Verify(path, "")
	require.ErrorContains(t, err, "line 1")
}
