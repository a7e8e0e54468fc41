package backup_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/backup"
)

var taken = time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)

// files writes files into a new folder.
func files(t *testing.T, of map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range of {
		at := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o700))
		mode := fs.FileMode(0o600)
		if strings.HasPrefix(name, "programs") {
			mode = 0o700
		}
		require.NoError(t, os.WriteFile(at, []byte(text), mode))
	}
	return dir
}

// lying are the files of a folder with what stands in them.
func lying(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(at)
		name, _ := filepath.Rel(dir, at)
		out[filepath.ToSlash(name)] = string(raw)
		return err
	}))
	return out
}

const key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

func TestWhatIsPackedIsUnpackedAndTheKeyNever(t *testing.T) {
	all := map[string]string{"temporal.db": "rows", "records/A.md": "a record", "outbox/a.eml": "a mail",
		"programs/1/worker": "a program"}
	dir := files(t, all)
	for name, text := range map[string]string{"records/key": key, "outbox/of-old": key + key, ".new-1": "half",
		"records/.new-2": "half"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	named := filepath.Join(dir, "outbox", "named") // that it is the key is known by its name alone
	require.NoError(t, os.WriteFile(named, []byte("not yet a key"), 0o600))
	var parts []backup.Part
	for _, name := range []string{"temporal.db", "records", "outbox", "programs", "none"} {
		parts = append(parts, backup.Part{Name: name, Path: filepath.Join(dir, name)})
	}
	var raw bytes.Buffer
	m, left, err := backup.Pack(&raw, taken, "sqlite", named, parts...)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{filepath.Join(dir, "records/key"), filepath.Join(dir, "outbox/of-old"), named}, left)
	require.Len(t, m.Files, len(all))
	to := t.TempDir()
	got, err := backup.Unpack(bytes.NewReader(raw.Bytes()), to)
	require.NoError(t, err)
	require.Equal(t, m, got)
	require.Equal(t, all, lying(t, to))
	info, err := os.Stat(filepath.Join(to, "programs/1/worker"))
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o700), info.Mode().Perm())
}

func TestAnArchiveThatWasCutShortOrChangedAnywhereIsRefused(t *testing.T) {
	dir := files(t, map[string]string{"records/A.md": "a record"})
	var raw bytes.Buffer
	_, _, err := backup.Pack(&raw, taken, "sqlite", "", backup.Part{Name: "records", Path: filepath.Join(dir, "records")})
	require.NoError(t, err)
	for n := range raw.Len() {
		_, err := backup.Unpack(bytes.NewReader(raw.Bytes()[:n]), t.TempDir())
		require.Error(t, err, "%d bytes", n)
	}
	for n := 10; n < raw.Len(); n++ { // before it is gzip's own head
		changed := bytes.Clone(raw.Bytes())
		changed[n] ^= 0x20
		to := t.TempDir()
		if _, err := backup.Unpack(bytes.NewReader(changed), to); err == nil { // a bit that says nothing
			require.Equal(t, map[string]string{"records/A.md": "a record"}, lying(t, to), "byte %d", n)
		}
	}
}

func TestAMarkSaysWhichMailsAreUnclear(t *testing.T) {
	dir := t.TempDir()
	none, err := backup.ReadMark(dir)
	require.NoError(t, err)
	require.False(t, none.Unclear(taken))
	m := &backup.Mark{Taken: taken, Lost: taken.Add(time.Hour), Cases: map[string]backup.Decision{"A": backup.Send}}
	require.NoError(t, m.Write(dir))
	got, err := backup.ReadMark(dir)
	require.NoError(t, err)
	require.Equal(t, m, got)
	require.True(t, got.Unclear(taken.Add(time.Hour)))
	require.False(t, got.Unclear(taken.Add(time.Hour+1)))
	require.Equal(t, backup.Send, got.Decided("A"))
	require.Equal(t, backup.Undecided, got.Decided("B"))
}

func TestAMarkCutShortAtAnyByteHoldsMailsAndIsSaid(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, (&backup.Mark{Taken: taken, Lost: taken, All: backup.Went}).Write(dir))
	path := filepath.Join(dir, "restored.json")
	full, err := os.ReadFile(path)
	require.NoError(t, err)
	for n := range len(full) - 2 {
		require.NoError(t, os.WriteFile(path, full[:n], 0o600))
		m, err := backup.ReadMark(dir)
		require.Error(t, err)
		require.True(t, m.Unclear(time.Now().Add(-time.Minute)))
		require.Equal(t, backup.Undecided, m.Decided("A"))
	}
}
