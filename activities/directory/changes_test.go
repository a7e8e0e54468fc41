package directory

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const firstLine = "party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note\n"

func TestEveryChangeOfTheDirectoryIsOnRecordWithoutWhatItSays(t *testing.T) {
	dir := t.TempDir()
	file, records := filepath.Join(dir, "directory.csv"), filepath.Join(dir, "records")
	write := func(rows string) {
		require.NoError(t, os.WriteFile(file, []byte(firstLine+rows), 0o600))
	}
	at := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
	open := func() *Directory {
		d, err := Open(file)
		require.NoError(t, err)
		require.NoError(t, d.KeepJournal(records, func() time.Time { return at }))
		return d
	}
	recorded := func() string {
		raw, _ := os.ReadFile(filepath.Join(records, "directory-changes.jsonl"))
		return string(raw)
	}
	write("CQC,CQC,duty@cqc.example,,,,,,no,\nTDA,TDA,duty@tda.example,,,,,,no,\n")
	d := open()
	require.Empty(t, recorded(), "the first time nothing has changed")
	write("CQC,CQC,new@cqc.example,,,,2013-10-01,,no,\nGMC,GMC,duty@gmc.example,,,,,,no,\n")
	_, err := d.Lookup("CQC", at, Duty)
	require.NoError(t, err)
	const want = `{"at":"2013-09-10T09:00:00Z","party":"CQC","what":"changed","columns":["duty","absent_from"]}
{"at":"2013-09-10T09:00:00Z","party":"GMC","what":"added"}
{"at":"2013-09-10T09:00:00Z","party":"TDA","what":"removed"}
`
	require.Equal(t, want, recorded())
	require.NotContains(t, recorded(), "@")
	open()
	require.Equal(t, want, recorded(), "the same again is no change")
	write("CQC,CQC,new@cqc.example,,,,,,no,\nGMC,GMC,duty@gmc.example,,,,,,no,\n") // while no worker runs
	open()
	require.Equal(t, 4, strings.Count(recorded(), "\n"))
	require.Contains(t, recorded(), `"columns":["absent_from"]`)
}

func TestACaseGoesOnWhereTheRecordOfTheDirectoryCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "directory.csv")
	require.NoError(t, os.WriteFile(file, []byte(firstLine+"CQC,CQC,a@cqc.example,,,,,,no,\n"), 0o600))
	d, err := Open(file)
	require.NoError(t, err)
	var said []string
	d.Notify(func(err error) { said = append(said, err.Error()) })
	d.taken = func(*book, string) error { return os.ErrPermission }
	require.NoError(t, os.WriteFile(file, []byte(firstLine+"CQC,CQC,b@cqc.example,,,,,,no,\n"), 0o600))
	c, err := d.Lookup("CQC", time.Now(), Duty)
	require.NoError(t, err)
	require.Equal(t, "b@cqc.example", c.Address)
	require.Len(t, said, 1)
	require.Contains(t, said[0], "could not be recorded")
}

// Each reads the file at its own time, as workers do.
func TestSeveralWorkersRecordEachChangeOnce(t *testing.T) {
	dir := t.TempDir()
	file, records := filepath.Join(dir, "directory.csv"), filepath.Join(dir, "records")
	write := func(i int) {
		rows := "CQC,CQC,duty" + strings.Repeat("x", i) + "@cqc.example,,,,,,no,\n"
		next := filepath.Join(dir, "next")
		require.NoError(t, os.WriteFile(next, []byte(firstLine+rows), 0o600))
		require.NoError(t, os.Rename(next, file))
	}
	write(0)
	var crew sync.WaitGroup
	var trouble atomic.Int64
	stop := make(chan struct{})
	looked := make([]atomic.Int64, 4)
	for i := range looked {
		d, err := Open(file)
		require.NoError(t, err)
		require.NoError(t, d.KeepJournal(records, time.Now))
		d.Notify(func(err error) { trouble.Add(1); t.Log(err) })
		crew.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				_, _ = d.Lookup("CQC", time.Now(), Duty)
				looked[i].Add(1)
			}
		})
	}
	const changes = 40
	for n := range changes {
		write(n + 1)
		for i := range looked { // each has looked since
			for seen := looked[i].Load(); looked[i].Load() < seen+2; {
				time.Sleep(time.Millisecond)
			}
		}
	}
	close(stop)
	crew.Wait()
	found, err := Recorded(records)
	require.NoError(t, err)
	require.Len(t, found, changes)
	require.Zero(t, trouble.Load())
}

func TestWhatWasLastTakenOverAndCannotBeReadIsPutAsideAndSaid(t *testing.T) {
	for name, broken := range map[string]string{"empty": "", "cut short": firstLine[:20], "no directory": "\x00\xff"} {
		dir := t.TempDir()
		file := filepath.Join(dir, "directory.csv")
		require.NoError(t, os.WriteFile(file, []byte(firstLine+"CQC,CQC,a@cqc.example,,,,,,no,\n"), 0o600))
		last := filepath.Join(dir, lastFile)
		require.NoError(t, os.WriteFile(last, []byte(broken), 0o600))
		d, err := Open(file)
		require.NoError(t, err)
		var aside *SetAside
		require.ErrorAs(t, d.KeepJournal(dir, time.Now), &aside, name)
		kept, err := os.ReadFile(aside.Files[0])
		require.NoError(t, err)
		require.Equal(t, broken, string(kept))
		require.NoError(t, d.KeepJournal(dir, time.Now), "the next start")
		now, err := os.ReadFile(last)
		require.NoError(t, err)
		require.Contains(t, string(now), "a@cqc.example")
	}
}
