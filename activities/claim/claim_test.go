package claim

import (
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func open(t *testing.T, dir string) *Folder {
	f, err := Open(dir)
	require.NoError(t, err)
	return f
}

func look(t *testing.T, f *Folder, key string) State {
	s, err := f.Look(key)
	require.NoError(t, err)
	return s
}

func take(t *testing.T, f *Folder, key string) State {
	s, err := f.Take(key)
	require.NoError(t, err)
	return s
}

func TestOneOfManyHasAMail(t *testing.T) {
	dir := t.TempDir()
	for _, key := range []string{"a", "b", "c", "d"} {
		var mine, begun atomic.Int32
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				f, err := Open(dir)
				if err != nil {
					t.Error(err)
					return
				}
				switch s, err := f.Take(key); {
				case err != nil:
					t.Error(err)
				case s == Mine:
					mine.Add(1)
				case s == Begun:
					begun.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 1, mine.Load())
		require.EqualValues(t, 15, begun.Load())
	}
}

func TestAMailGoesThroughItsStates(t *testing.T) {
	dir := t.TempDir()
	f, other := open(t, dir), open(t, dir)
	require.Equal(t, Free, look(t, f, "k"))
	require.Equal(t, Mine, take(t, f, "k"))
	require.Equal(t, Begun, look(t, other, "k"))
	require.Equal(t, Begun, take(t, other, "k"))
	require.NoError(t, f.Release("k"))
	require.Equal(t, Mine, take(t, other, "k"))
	require.NoError(t, other.Went("k"))
	require.Equal(t, Gone, look(t, f, "k"))
	require.Equal(t, Gone, take(t, f, "k"))
	require.Equal(t, Gone, look(t, f, "k"), "who asks leaves nothing")
}

func TestAFolderHasANameOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	require.Equal(t, open(t, dir).Name(), open(t, dir).Name())
	require.NotEqual(t, open(t, dir).Name(), open(t, t.TempDir()).Name())
	require.NoError(t, os.WriteFile(filepath.Join(dir, nameFile), nil, 0o600))
	_, err := Open(dir)
	require.ErrorContains(t, err, "does not hold the name")
}

func TestWhereNothingCanBeWrittenNothingIsClaimed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "claims")
	f := open(t, dir)
	require.NoError(t, os.RemoveAll(dir))
	s, err := f.Take("k")
	require.Error(t, err)
	require.NotEqual(t, Mine, s)
}

func TestOldClaimsAreSweptAndYoungOnesStay(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	for _, key := range []string{"old", "young"} {
		require.Equal(t, Mine, take(t, f, key))
		require.NoError(t, f.Went(key))
	}
	month := time.Now().Add(-kept - time.Hour)
	for _, name := range []string{"old" + gone, nameFile} {
		require.NoError(t, os.Chtimes(filepath.Join(dir, name), month, month))
	}
	take(t, f, "x")
	require.Equal(t, Gone, look(t, f, "old"), "not in the first hour")
	f.swept = time.Now().Add(-sweepEvery)
	take(t, f, "y")
	require.Equal(t, Free, look(t, f, "old"))
	require.Equal(t, Gone, look(t, f, "young"))
	require.Equal(t, f.Name(), open(t, dir).Name())
}
