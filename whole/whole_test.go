package whole

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestADiskThatFillsAtAnyByteLeavesTheOldFileWholeAndNothingBeside(t *testing.T) {
	const before, after = "what was there", "and what was to come instead"
	for room := range len(after) {
		path := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(path, []byte(before), 0o600))
		undo := WithRoom(int64(room))
		require.ErrorIs(t, Replace(path, []byte(after), 0o600), syscall.ENOSPC)
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, before, string(raw))
		require.ErrorIs(t, Add(path+"2", []byte(after), 0o600), syscall.ENOSPC)
		undo()
		require.Equal(t, "file", names(t, filepath.Dir(path)))
	}
	path := filepath.Join(t.TempDir(), "file")
	defer WithRoom(int64(len(after)))()
	require.NoError(t, Replace(path, []byte(after), 0o600))
}

func TestAFileHasItsModeWhateverWasThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for _, mode := range []fs.FileMode{0o600, 0o700, 0o644} {
		require.NoError(t, Replace(path, nil, mode))
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm())
	}
}

func TestOfManyWhoAddOneSucceedsAndTheOthersAreTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	var all sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		all.Go(func() { errs[i] = Add(path, []byte{byte(i)}, 0o600) })
	}
	all.Wait()
	added := 0
	for i, err := range errs {
		if err == nil {
			added++
			raw, _ := os.ReadFile(path)
			require.Equal(t, []byte{byte(i)}, raw)
			continue
		}
		require.True(t, errors.Is(err, fs.ErrExist), "%v", err)
	}
	require.Equal(t, 1, added)
	require.Equal(t, "file", names(t, filepath.Dir(path)))
}

// Where a file system cannot rename without replacing, the file is linked.
func TestAFileIsNamedAnewInEitherWayAndReplacesNothing(t *testing.T) {
	for way, name := range map[string]func(from, to string) error{"one step": nameAnew, "two": linked} {
		dir := t.TempDir()
		from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
		require.NoError(t, os.WriteFile(from, []byte("first"), 0o600))
		require.NoError(t, name(from, to), way)
		require.Equal(t, "to", names(t, dir), way)
		require.NoError(t, os.WriteFile(from, []byte("second"), 0o600))
		require.ErrorIs(t, name(from, to), fs.ErrExist, way)
		raw, err := os.ReadFile(to)
		require.NoError(t, err)
		require.Equal(t, "first", string(raw), way)
		require.ErrorIs(t, name(filepath.Join(dir, "none"), to+"2"), fs.ErrNotExist, way)
	}
}

func TestAFileThatIsLaidIsWholeAndReplacesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, Lay(path, []byte("first"), 0o600))
	require.ErrorIs(t, Lay(path, []byte("second"), 0o600), fs.ErrExist)
	require.NoError(t, Sync(filepath.Dir(path)))
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "first", string(raw))
	require.Equal(t, "file", names(t, filepath.Dir(path)))
}

func TestWhatIsSetAsideKeepsItsContentAndReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2013, 9, 10, 15, 10, 0, 0, time.FixedZone("BST", 3600))
	for _, content := range []string{"one", "two", "three"} {
		path := filepath.Join(dir, "file")
		require.NoError(t, Replace(path, []byte(content), 0o600))
		aside, err := SetAside(path, at)
		require.NoError(t, err)
		raw, err := os.ReadFile(aside)
		require.NoError(t, err)
		require.Equal(t, content, string(raw))
	}
	require.Equal(t, "file.broken-20130910T141000Z file.broken-20130910T141000Z-2 file.broken-20130910T141000Z-3",
		names(t, dir))
	require.Len(t, SetAsides(dir), 3)
}

func TestOnlyWhatIsUnfinishedAndOldIsSwept(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{Unfinished + "old": 2 * Abandoned, Unfinished + "young": 0,
		"kept": 2 * Abandoned} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Chtimes(path, time.Now().Add(-age), time.Now().Add(-age)))
	}
	require.NoError(t, Sweep(dir))
	require.Equal(t, Unfinished+"young kept", names(t, dir))
	require.Error(t, Sweep(filepath.Join(dir, "none")))
}

func TestAFinishedFileIsMoved(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	require.NoError(t, os.WriteFile(from, []byte("x"), 0o700))
	require.NoError(t, Move(from, to))
	require.Equal(t, "to", names(t, dir))
	require.Error(t, Move(from, to))
}
