package e2e

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"holdthering/activities/mail/outbox"
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
