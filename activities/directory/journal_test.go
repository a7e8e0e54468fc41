package directory

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/whole"
)

var taken = time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)

// places are a directory file and a folder of records.
type places struct {
	*testing.T
	file, records string
}

func newPlaces(t *testing.T) places {
	dir := t.TempDir()
	return places{t, filepath.Join(dir, "directory.csv"), filepath.Join(dir, "records")}
}

func (p places) write(rows string) {
	require.NoError(p, os.WriteFile(p.file, []byte(firstLine+rows), 0o600))
}

// start opens the directory as a worker does, with what it says of its record.
func (p places) start() (*Directory, error) {
	d, err := Open(p.file)
	require.NoError(p, err, "a worker always starts")
	return d, d.KeepJournal(p.records, func() time.Time { return taken })
}

const oneRow, twoRows = "CQC,CQC,a@cqc.example,,,,,,no,\n",
	"CQC,CQC,b@cqc.example,,,,,,no,\nTDA,TDA,a@tda.example,,,,,,no,\n"

func TestAWorkerStartsWhateverByteTheRecordOfTheDirectoryWasCutShortAt(t *testing.T) {
	p := newPlaces(t)
	p.write(oneRow)
	_, err := p.start()
	require.NoError(t, err)
	p.write(twoRows)
	_, err = p.start()
	require.NoError(t, err)
	before := map[string][]byte{}
	for _, name := range []string{lastFile, changesFile} {
		before[name], err = os.ReadFile(filepath.Join(p.records, name))
		require.NoError(t, err)
	}
	for name, full := range before {
		path := filepath.Join(p.records, name)
		for n := range len(full) {
			require.NoError(t, os.WriteFile(path, full[:n], 0o600))
			p.write(oneRow)
			_, err := p.start()
			var aside *SetAside
			broken := name == lastFile || n > 0 && full[n] != '\n' && full[n-1] != '\n'
			require.Equal(t, broken, errors.As(err, &aside), "%s, %d bytes: %v", name, n, err)
			changes, err := Recorded(p.records)
			require.NoError(t, err, "%s, %d bytes", name, n)
			for _, c := range changes {
				require.Contains(t, []ChangeKind{Added, Removed, Changed}, c.What)
			}
			if name == lastFile {
				require.Len(t, changes, 2, "nothing is made up from a part of a file")
			}
			for _, f := range whole.SetAsides(p.records) {
				raw, err := os.ReadFile(f)
				require.NoError(t, err)
				require.Equal(t, string(full[:n]), string(raw))
				require.NoError(t, os.Remove(f))
			}
			for name, raw := range before {
				require.NoError(t, os.WriteFile(filepath.Join(p.records, name), raw, 0o600))
			}
		}
	}
}

func TestEveryChangeIsRecordedOnceHoweverManyWorkersUseOneFolder(t *testing.T) {
	p := newPlaces(t)
	p.write(oneRow)
	var ds []*Directory
	for range 6 {
		d, err := p.start()
		require.NoError(t, err)
		ds = append(ds, d)
	}
	rows := []string{twoRows, oneRow}
	for n := range 10 {
		p.write(rows[n%2])
		var all sync.WaitGroup
		for _, d := range ds {
			all.Go(func() {
				_, err := d.Lookup("CQC", taken, Duty)
				require.NoError(t, err)
			})
		}
		all.Wait()
	}
	changes, err := Recorded(p.records)
	require.NoError(t, err)
	require.Len(t, changes, 20)
}

func TestWhatCouldNotBeRecordedIsRecordedWhenThereIsRoom(t *testing.T) {
	p := newPlaces(t)
	p.write(oneRow)
	require.NoError(t, os.WriteFile(p.records, nil, 0o600)) // no folder can be made there
	d, err := p.start()
	require.Error(t, err)
	var said []string
	d.Notify(func(err error) { said = append(said, err.Error()) })
	c, err := d.Lookup("CQC", taken, Duty)
	require.NoError(t, err)
	require.Equal(t, "a@cqc.example", c.Address)
	require.Empty(t, said, "not at every look-up")
	p.write(twoRows)
	_, err = d.Lookup("CQC", taken, Duty)
	require.NoError(t, err)
	require.Len(t, said, 1, "of each change")
	require.NoError(t, os.Remove(p.records))
	d.failed = d.failed.Add(-tryAgain)
	_, err = d.Lookup("CQC", taken, Duty)
	require.NoError(t, err)
	require.Len(t, said, 1)
	raw, err := os.ReadFile(filepath.Join(p.records, lastFile))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(raw), firstLine+twoRows))
}
