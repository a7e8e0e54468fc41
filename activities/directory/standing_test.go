package directory

import (
	"strings"
	"testing"
	"time"
)

func TestWhatIsWrongInTheFileThatAWorkerUsesStandsBesideTheRecords(t *testing.T) {
	d, path := opened(t, withDuty("old@x.example"))
	dir := t.TempDir()
	now := time.Unix(1_400_000_000, 0)
	keep := func() Standing {
		t.Helper()
		if err := KeepStanding(dir, d.Standing(expected(t), now)); err != nil {
			t.Fatal(err)
		}
		s, err := StandingIn(dir)
		if err != nil || s.File != path {
			t.Fatalf("%+v, %v", s, err)
		}
		return s
	}
	if s := keep(); s.String() != "" {
		t.Errorf("all is well, and yet %s", s)
	}
	write(t, path, header+"CQC,,d@x.example,l@x.example,,,soon,,no,\n", time.Minute)
	if s := keep(); !strings.Contains(s.String(), `absent_from is "soon"`) {
		t.Errorf("%s", s)
	}
	write(t, path, header+"CQC,caf\xe9,new@x.example,,,,,,no,\n", time.Minute)
	s := keep()
	if !strings.Contains(s.String(), "Windows-1252") || !strings.Contains(s.String(), "stays in use") {
		t.Errorf("%s", s)
	}
	now = now.Add(time.Hour)
	if again := keep(); !again.At.Equal(s.At) {
		t.Errorf("it stands so since %s, not since %s", s.At, again.At)
	}
	if none, err := StandingIn(t.TempDir()); err != nil || none.String() != "" {
		t.Error(none, err)
	}
}
