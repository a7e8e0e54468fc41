package e2e

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"holdthering/activities/mail/outbox"
	"holdthering/pages/visitor"
)

// get is a page, or what a form led to.
func (s *site) get(method, address string, form url.Values) (status int, body string) {
	s.Helper()
	q, err := http.NewRequestWithContext(s.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		s.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		s.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.Fatal(err)
	}
	return r.StatusCode, string(text)
}

// linkTo is the link in the first mail to an address.
func (s *site) linkTo(address string) string {
	s.Helper()
	in := regexp.MustCompile(`http://127\.0\.0\.1:\d+/a/\S+`)
	found := ""
	s.eventually("a mail with a link to "+address, func() bool {
		entries, _ := outbox.List(s.path("outbox"))
		for _, e := range entries {
			if e.To.Email == address {
				m, err := outbox.Read(s.path("outbox"), e.Name)
				if err != nil {
					s.Fatal(err)
				}
				if strings.Contains(m.Text, "starter ") {
					s.Fatalf("a member is shown a command:\n%s", m.Text)
				}
				found = in.FindString(m.Text)
			}
		}
		return found != ""
	})
	return found
}

func (s *site) written(name, content string) string {
	s.Helper()
	if err := os.WriteFile(s.path(name), []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
	return s.path(name)
}

func TestAMemberAnswersOnPagesThatAProcessOfTheirOwnServes(t *testing.T) {
	at, near := freeAddress(t), freeAddress(t)
	var apartKey string
	s := newSite(t, realNamespace, func(s *site) {
		key := s.written("pages.key", strings.Repeat("5a", 32)+"\n")
		apartKey = s.written("apart.key", strings.Repeat("6b", 32)+"\n")
		s.extra = []string{"HTR_PAGES_ADDRESS=none", "HTR_PAGES_URL=http://" + at, "HTR_PAGES_KEY_FILE=" + key,
			"HTR_PAGES_APART_ADDRESS=" + near, "HTR_PAGES_APART_KEY_FILE=" + apartKey}
	})
	pages := exec.Command(filepath.Join(programs, "worker"), "--only", "pages")
	pages.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "HTR_PAGES_ADDRESS=" + at,
		"HTR_PAGES_URL=http://" + at, "HTR_PAGES_WORKER=http://" + near, "HTR_PAGES_APART_KEY_FILE=" + apartKey}
	var logs bytes.Buffer
	pages.Stderr = &logs
	if err := pages.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop := func() {
		if !stopped {
			stopped = true
			_ = pages.Process.Signal(syscall.SIGTERM)
			if err := pages.Wait(); err != nil {
				t.Errorf("the pages end with %v", err)
			}
		}
	}
	t.Cleanup(stop)
	ref := s.trigger()
	link := s.linkTo("duty@cqc.example")
	who := visitor.Visitor{Client: http.DefaultClient, Scanner: true}
	if err := who.Answer(t.Context(), []string{link}, "acknowledge", nil, visitor.Person{Name: "Jo Bloggs", Role: "director"}); err != nil {
		t.Fatal(err)
	}
	if shown := s.taken("show", ref, "--json").out; strings.Count(shown, `"channel": "page"`) != 1 {
		t.Errorf("the case shows\n%s", shown)
	}
	s.killWorker()
	if status, page := s.get(http.MethodGet, link, nil); status != http.StatusServiceUnavailable || strings.Contains(page, ref) {
		t.Errorf("without a worker: %d, %s", status, page)
	}
	stop()
	if text := logs.String(); strings.Contains(text, "/a/") || strings.Contains(text, "Bloggs") || strings.Contains(text, ref) {
		t.Errorf("the log of the pages tells: %s", text)
	}
}

func TestAMemberAnswersByThePageOfTheWorker(t *testing.T) {
	at := freeAddress(t)
	s := newSite(t, realNamespace, func(s *site) {
		key := s.path("pages.key")
		if err := os.WriteFile(key, []byte(strings.Repeat("5a", 32)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.extra = []string{"HTR_PAGES_ADDRESS=" + at, "HTR_PAGES_URL=http://" + at, "HTR_PAGES_KEY_FILE=" + key,
			"HTR_SECRETARIAT=Regional team; 01223 555 0100; team@england.example"}
	})
	ref := s.trigger()
	link := s.linkTo("duty@cqc.example")
	s.get(http.MethodHead, link, nil)
	status, page := s.get(http.MethodGet, link, nil)
	if status != http.StatusOK || !strings.Contains(page, "What is asked of CQC") {
		t.Fatalf("%d: %s", status, page)
	}
	action := regexp.MustCompile(`action="([^"]+)"`).FindStringSubmatch(page)
	key := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(page)
	if action == nil || key == nil {
		t.Fatalf("no form in %s", page)
	}
	form := url.Values{"key": {key[1]}, "person": {"Jo Bloggs"}, "role": {"medical director"}, "record": {"yes"}}
	for range 2 {
		if status, done := s.get(http.MethodPost, "http://"+at+action[1], form); status != http.StatusOK ||
			!strings.Contains(done, "Your answer is recorded") {
			t.Fatalf("%d: %s", status, done)
		}
	}
	if shown := s.taken("show", ref, "--json").out; strings.Count(shown, `"channel": "page"`) != 1 ||
		!strings.Contains(shown, "Jo Bloggs") {
		t.Errorf("the case shows\n%s", shown)
	}
	logs, err := os.ReadFile(s.path("worker.log"))
	if err != nil || strings.Contains(string(logs), "/a/") || strings.Contains(string(logs), "Bloggs") {
		t.Errorf("the log tells: %s, %v", logs, err)
	}
}
