package activities_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

func register(t *testing.T, ref string) message.Register {
	t.Helper()
	c, err := failure.Open(failure.Opening{Ref: ref, Profile: "ENGLAND_2013",
		Provider: regime.Provider{Code: "RXX", Name: "A trust", Type: regime.NHSTrust, AreaTeam: "Q56"},
		Members:  []regime.Party{"CQC"}}, arose)
	require.NoError(t, err)
	return message.Register{Case: c, Now: arose}
}

func (d *fixture) keep(r message.Register) error {
	_, err := d.attempt(nil).env.ExecuteActivity(message.ActivityKeepRecord, r)
	return err
}

func (d *fixture) files() map[string]string {
	d.t.Helper()
	entries, err := os.ReadDir(d.records)
	require.NoError(d.t, err)
	out := map[string]string{}
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(d.records, e.Name()))
		require.NoError(d.t, err)
		out[e.Name()] = string(raw)
	}
	return out
}

func TestACaseIsOnFileInThreeForms(t *testing.T) {
	d := newFixture(t)
	require.NoError(t, d.keep(register(t, "K7QM-3XRD")))
	files := d.files()
	require.Len(t, files, 3, "and nothing unfinished")
	require.Contains(t, files["K7QM-3XRD.json"], `"ref": "K7QM-3XRD"`)
	require.True(t, strings.HasPrefix(files["K7QM-3XRD.md"], "# Record of case K7QM-3XRD\n"))
	require.True(t, strings.HasPrefix(files["K7QM-3XRD.html"], "<!DOCTYPE html>"))
	info, err := os.Stat(filepath.Join(d.records, "K7QM-3XRD.md"))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestTheSameCaseAgainIsTheSameFile(t *testing.T) {
	d := newFixture(t)
	require.NoError(t, d.keep(register(t, "K7QM-3XRD")))
	before := d.files()
	require.NoError(t, d.keep(register(t, "K7QM-3XRD")))
	require.Equal(t, before, d.files())
}

func TestAReferenceCannotLeadOutOfTheRecords(t *testing.T) {
	for _, ref := range []string{"../x", "a/b", ".hidden", `a\b`, strings.Repeat("a", 101)} {
		d := newFixture(t)
		require.ErrorContains(t, d.keep(register(t, ref)), "no reference that can name a file")
		require.NoDirExists(t, d.records)
	}
	d := newFixture(t)
	require.Error(t, d.keep(message.Register{}))
}

func TestARecordThatCannotBeWrittenIsAnErrorAndLeavesTheOldOne(t *testing.T) {
	d := newFixture(t)
	require.NoError(t, d.keep(register(t, "K7QM-3XRD")))
	require.NoError(t, os.Remove(filepath.Join(d.records, "K7QM-3XRD.html")))
	require.NoError(t, os.Mkdir(filepath.Join(d.records, "K7QM-3XRD.html"), 0o700))
	require.Error(t, d.keep(register(t, "K7QM-3XRD")))
	entries, err := os.ReadDir(d.records)
	require.NoError(t, err)
	require.Len(t, entries, 3, "no unfinished file stays behind")
}

func TestAGroupIsOnFileInThreeFormsOfItsOwn(t *testing.T) {
	d := newFixture(t)
	g, err := surveillance.Open(surveillance.Opening{Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56",
		Region: "Y55", PlaceName: "East Anglia", Members: []regime.Party{"NHSCB/Q56"}}, arose)
	require.NoError(t, err)
	require.NoError(t, d.keep(message.Register{Group: g, Now: arose}))
	require.NoError(t, d.keep(message.Register{Group: g, Scene: "K7QM-3XRD", Now: arose}))
	files := d.files()
	require.Len(t, files, 6)
	require.Contains(t, files["group-Q56.json"], `"placeName": "East Anglia"`)
	require.Contains(t, files["group-Q56.html"], "<!DOCTYPE html>")
	require.Contains(t, files["group-Q56.K7QM-3XRD.md"], "# Record of the surveillance group, East Anglia\n")
	require.Error(t, d.keep(message.Register{Now: arose}))
}

func TestATryThatWasGivenUpForLostOverwritesNoLaterRecord(t *testing.T) {
	d := newFixture(t)
	r := register(t, "K7QM-3XRD")
	early := r
	r.Now = r.Now.Add(time.Hour)
	require.NoError(t, d.keep(r))
	later := d.files()
	require.NoError(t, d.keep(early))
	require.Equal(t, later, d.files())
	again := register(t, "K7QM-3XRD") // the same scenario, played again
	again.Case.Opened = again.Case.Opened.Add(time.Second)
	require.NoError(t, d.keep(again))
	require.NotEqual(t, later, d.files())
}

func TestAFolderWithoutTheLastRecordSaysSo(t *testing.T) {
	d, other := newFixture(t), newFixture(t)
	filed := func(d *fixture, r message.Register) (f message.Filed) {
		v, err := d.attempt(nil).env.ExecuteActivity(message.ActivityKeepRecord, r)
		require.NoError(t, err)
		require.NoError(t, v.Get(&f))
		return f
	}
	r := register(t, "K7QM-3XRD")
	require.False(t, filed(d, r).Apart)
	next := r
	next.Filed, next.Now = r.Now, r.Now.Add(time.Hour)
	require.True(t, filed(other, next).Apart, "it lies in the first's folder")
	third := r
	third.Filed, third.Now = next.Now, next.Now.Add(time.Hour)
	require.True(t, filed(d, third).Apart, "what is here is out of date")
	third.Filed, third.Now = third.Now, third.Now.Add(time.Hour)
	require.False(t, filed(d, third).Apart)
}

func TestManyWorkersKeepRecordsInOneFolder(t *testing.T) {
	d := newFixture(t)
	var crew sync.WaitGroup
	for i := range 20 {
		r := register(t, "K7QM-3XRD")
		r.Now = r.Now.Add(time.Duration(i) * time.Minute)
		a := d.attempt(nil)
		crew.Go(func() {
			if _, err := a.env.ExecuteActivity(message.ActivityKeepRecord, r); err != nil {
				t.Error(err)
			}
		})
	}
	crew.Wait()
	require.Len(t, d.files(), 3)
	for name, text := range d.files() {
		if strings.HasSuffix(name, ".json") {
			require.Contains(t, text, `"asOf": "2013-09-10T15:29:00Z"`, "the latest")
		}
	}
}
