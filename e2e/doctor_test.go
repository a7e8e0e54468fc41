package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/seal"
)

// wellSite is one at which the doctor finds nothing: a server, a worker, pages, a sealed case, a directory of its own.
func wellSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t, realNamespace, func(s *site) {
		at, key := freeAddress(s.T), s.written("pages.key", strings.Repeat("5a", 32)+"\n")
		s.extra = []string{"HTR_PAGES_ADDRESS=" + at, "HTR_PAGES_URL=http://" + at, "HTR_PAGES_KEY_FILE=" + key,
			"HTR_DIRECTORY=../data/directory.csv"}
	})
	s.trigger()
	return s
}

// doctor looks with further settings.
func (s *site) doctor(settings ...string) answer {
	s.Helper()
	was := s.extra
	defer func() { s.extra = was }()
	s.extra = append(append([]string{}, was...), settings...)
	a := s.starter("doctor")
	a.out = strings.Join(strings.Fields(a.out), " ")
	return a
}

// Each thing at which the doctor looks is made wrong once: it says which, what to do, and nothing of the others.
func TestTheDoctorFindsWhatIsWrongWithARealSite(t *testing.T) {
	s := wellSite(t)
	if a := s.doctor(); a.code != 0 || !strings.Contains(a.out, "All is well.") {
		t.Fatalf("a site that is well: %+v", a)
	}
	other, broken := s.path("other.key"), s.path("broken.csv")
	if err := seal.Make(other); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(broken, []byte("party,name\n\"CQC\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	closed, full := freeAddress(t), s.path("full")
	if err := os.Mkdir(full, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", full, "tmpfs", 0, "size=20m"); err != nil {
		t.Log("no small disk can be made here: ", err)
		full = ""
	}
	t.Cleanup(func() { _ = syscall.Unmount(full, syscall.MNT_DETACH) })
	for _, row := range []struct {
		what     string
		settings []string
		code     int
		says, do string
	}{
		{"server", []string{"TEMPORAL_ADDRESS=" + closed}, 3, closed, "start it, or name another by TEMPORAL_ADDRESS"},
		{"namespace", []string{"TEMPORAL_NAMESPACE=nowhere"}, 3, "no namespace nowhere", "temporal operator namespace create"},
		{"search attributes", []string{"TEMPORAL_NAMESPACE=" + demonstration}, 3, "lacks", "start a worker"},
		{"worker", []string{"TEMPORAL_NAMESPACE=" + demonstration}, 3, "none asks for work", "start one"},
		{"key", []string{seal.Variable + "=" + other}, 2, "key", "name the key that the worker has"},
		{"key", []string{seal.Variable + "=" + s.path("nowhere.key")}, 2, "nowhere.key", "name the key that the worker has"},
		{"directory", []string{"HTR_DIRECTORY=" + broken}, 2, "broken.csv", "mend the file"},
		{"mail", []string{"HTR_MAIL=pigeon"}, 2, "HTR_MAIL", "mend the settings"},
		{"mail", []string{"HTR_MAIL=smtp", "HTR_SMTP_ADDRESS=" + closed, "HTR_SMTP_TLS=none", "HTR_MAIL_FROM=a@example.org",
			"HTR_MAIL_REPLY_TO=a@example.org"}, 2, "SMTP at " + closed, "see that the relay runs"},
		{"pages", []string{"HTR_PAGES_URL=http://" + closed}, 2, closed, "HTR_PAGES_ADDRESS"},
		{"records", []string{"HTR_RECORDS=" + broken}, 2, "is no folder", "HTR_RECORDS"},
		{"outbox", []string{"HTR_OUTBOX=" + full}, 2, "MiB left", "make room"},
	} {
		if row.what == "outbox" && full == "" {
			continue
		}
		a := s.doctor(row.settings...)
		if a.code != row.code || !strings.Contains(a.out, row.what+" WRONG") || !strings.Contains(a.out, row.says) || !strings.Contains(a.out, row.do) {
			t.Errorf("%s, %v: exit code %d\n%s%s", row.what, row.settings, a.code, a.out, a.err)
		}
		if row.code == 2 && !strings.Contains(a.out, "1 of ") {
			t.Errorf("%s, %v: something else is said to be wrong too\n%s", row.what, row.settings, a.out)
		}
	}
	s.aWrongClock()
	s.killWorker()
	s.pagesFail(s.doctor())
}

// aWrongClock is that of a computer which is minutes off; the worker is still seen to be there.
func (s *site) aWrongClock() {
	s.Helper()
	for _, setting := range s.env() {
		if name, value, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "TEMPORAL_") || name == seal.Variable {
			s.Setenv(name, value)
		}
	}
	for off, says := range map[time.Duration]string{0: "", 3 * time.Minute: "ahead of the server", -time.Minute: "behind the server"} {
		for _, f := range cases.ExamineBy(s.Context(), func() time.Time { return time.Now().Add(off) }) {
			if wrong := f.What == "clock" && off != 0; f.OK == wrong || wrong && (!strings.Contains(f.Says, says) || f.Do == "") {
				s.Errorf("the clock is off by %s: %+v", off, f)
			}
		}
	}
}

// pagesFail: the pages of a worker that is dead do not answer.
func (s *site) pagesFail(a answer) {
	s.Helper()
	if !strings.Contains(a.out, "pages WRONG") || strings.Contains(a.out, "server WRONG") {
		s.Errorf("the worker is dead: %+v", a)
	}
}

// A doctor that is asked elsewhere says nothing of the worker's folders but that they are not here.
func TestTheDoctorNeedsNoSite(t *testing.T) {
	if programs == "" {
		t.Skip("end-to-end tests run with HTR_E2E=1, as make test does")
	}
	cmd := exec.Command(filepath.Join(programs, "starter"), "doctor")
	cmd.Dir = t.TempDir()
	cmd.Env = []string{"TEMPORAL_ADDRESS=" + freeAddress(t), "HOME=" + cmd.Dir, seal.Variable + "=" + seal.Open}
	out, _ := cmd.Output()
	if text := string(out); cmd.ProcessState.ExitCode() != 3 || !strings.Contains(text, "WRONG") || !strings.Contains(text, "no folder outbox here") {
		t.Errorf("exit code %d:\n%s", cmd.ProcessState.ExitCode(), text)
	}
}
