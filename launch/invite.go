package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mattn/go-isatty"

	"holdthering/activities/mail/outbox"
	"holdthering/loopback"
	"holdthering/pages/visitor"
	"holdthering/regime/calendar"
	"holdthering/whole"
)

// door is where members' pages are served in a demonstration: the worker behind it, and this program before
// it, to see that somebody comes.
type door struct {
	server *loopback.Server
	back   string // where the worker serves
	// opened and answered are when a page was last asked for, and an answer last recorded, in Unix
	// nanoseconds.
	opened, answered atomic.Int64
}

// defaultPagesPort is where the pages of a demonstration are, unless it is taken.
const defaultPagesPort = "8027"

func openDoor() (*door, error) {
	back, err := net.Listen("tcp", "127.0.0.1:0") // a free port for the worker
	if err != nil {
		return nil, err
	}
	d := &door{back: back.Addr().String()}
	if err := back.Close(); err != nil {
		return nil, err
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: d.back})
			r.Out.Host = r.In.Host
			r.SetXForwarded()
		},
		ModifyResponse: func(r *http.Response) error {
			if strings.Contains(r.Header.Get("Location"), "/done/") {
				d.answered.Store(time.Now().UnixNano())
			}
			return nil
		},
	}
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/a/") {
			d.opened.Store(time.Now().UnixNano())
		}
		proxy.ServeHTTP(w, r)
	})
	if d.server, err = loopback.Listen("127.0.0.1:"+defaultPagesPort, show); err != nil {
		d.server, err = loopback.Listen("127.0.0.1:0", show)
	}
	return d, err
}

func (d *door) close() { _ = d.server.Close() } // nobody waits for it

// newSecret is a key for the links.
func newSecret() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // which never fails
	return hex.EncodeToString(raw)
}

func (d *door) url() string { return "http://" + d.server.Address() }

// env is what has the worker of a demonstration serve pages. The key is made once, so that the links in the
// outbox go on opening.
func (d *door) env(s site) ([]string, error) {
	file, err := s.pagesKey(demonstration)
	if err != nil {
		return nil, err
	}
	return []string{"HTR_PAGES_ADDRESS=" + d.back, "HTR_PAGES_URL=" + d.url(), "HTR_PAGES_KEY_FILE=" + file,
		inventedSecretariat}, nil
}

// attended reports whether somebody sits at the terminal: a build server may have one too, and says so.
func attended() bool {
	return os.Getenv("CI") == "" && isatty.IsTerminal(os.Stdin.Fd()) && isatty.IsTerminal(os.Stdout.Fd())
}

// invite leaves a small case open and has whoever sits at the terminal answer for one of its members.
func invite(ctx context.Context, s site, at target, d *door) error {
	if !attended() || ctx.Err() != nil {
		return nil
	}
	ref, err := callSummit(ctx, s, at)
	if err != nil {
		return err
	}
	link, err := linkOf(s.outbox(demonstration), ref, "duty@cqc.example")
	if err != nil {
		return err
	}
	say("\nNow you. One more case is open: a risk summit is called for tomorrow, 10:00. You are the Care Quality")
	say("Commission's duty contact, and a mail has just come that asks whether CQC will come. Open its link in a browser")
	say("on this machine, answer, and see the case take it. Everything stays open until Enter or Ctrl-C:\n\n  %s\n", link)
	tellDesk(demoDesk, "/case/"+ref)
	return d.wait(ctx, func() { say("%s", latest(ctx, s, at, ref)) })
}

// wait until Enter, or Ctrl-C: whoever sits there may look around at the desk. taken is called after each answer.
func (d *door) wait(ctx context.Context, taken func()) error {
	enter := make(chan struct{})
	go func() {
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
		close(enter)
	}()
	began, seen := time.Now().UnixNano(), d.answered.Load() // members answered while the case was played
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	looked := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-enter:
			return nil
		case <-tick.C:
		}
		if opened := d.opened.Load(); opened > began && !looked {
			say("The page is open. Looking changes nothing.")
			looked = true
		}
		if at := d.answered.Load(); at > seen {
			seen = at
			taken()
		}
	}
}

// summitTomorrow is the scenario of a case of now. Its bodies are those that the directory of the demonstrations has,
// as in the cases of 2013.
func summitTomorrow(now time.Time) string {
	now = now.In(calendar.London)
	const minute = "2006-01-02 15:04"
	return "title: A risk summit is called for tomorrow\n" +
		now.Add(-2*time.Minute).Format(minute) + `  trigger --profile ENGLAND_2013 --provider RGP --by "NHS England East Anglia" ` +
		`--source qsg-sharing --what "Wards are short of nurses at night" --routine "Two contract meetings changed nothing"` + "\n" +
		now.Add(-time.Minute).Format(minute) + `  summit convene --by "NHS England" --at "` +
		now.AddDate(0, 0, 1).Format("2006-01-02") + ` 10:00" --place "Norwich"` + "\n"
}

// callSummit plays a case of now whose summit is called for tomorrow, and gives its reference.
func callSummit(ctx context.Context, s site, at target) (string, error) {
	file := s.data(demonstration, "summit-tomorrow.txt")
	if err := whole.Replace(file, []byte(summitTomorrow(time.Now())), 0o600); err != nil {
		return "", err
	}
	raw, err := output(ctx, s, at, "play", file, "--json")
	if err != nil {
		return "", fmt.Errorf("the small case could not be opened: %w", err)
	}
	var report struct{ Case string }
	if err := json.Unmarshal(raw, &report); err != nil || report.Case == "" {
		return "", fmt.Errorf("the small case gave no reference: %w", err)
	}
	return report.Case, nil
}

// output is what the starter prints.
func output(ctx context.Context, s site, at target, words ...string) ([]byte, error) {
	path, err := s.program("starter")
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, path, words...)
	cmd.Dir, cmd.Stderr, cmd.Env = s.root, os.Stderr, s.env(at, demonstration)
	return cmd.Output()
}

// latest is what the case says happened last.
func latest(ctx context.Context, s site, at target, ref string) string {
	raw, err := output(ctx, s, at, "show", ref, "--json", "--last", "1")
	var shown struct {
		Last []struct {
			Text string
			By   struct{ Person, Role, Channel string }
		}
	}
	if err != nil || json.Unmarshal(raw, &shown) != nil || len(shown.Last) == 0 {
		return "It is recorded. `starter show " + ref + "` shows the case."
	}
	e := shown.Last[0]
	return fmt.Sprintf("The case took it: %s (%s, %s, by %s)\nEnter ends; or look around on the page.", e.Text, e.By.Person,
		e.By.Role, e.By.Channel)
}

// linkOf is the link in the latest mail of a case to an address.
func linkOf(dir, ref, address string) (string, error) {
	entries, err := outbox.List(dir)
	var skipped *outbox.SkippedError
	if err != nil && !errors.As(err, &skipped) {
		return "", err
	}
	link := ""
	for _, e := range entries {
		if e.CaseRef != ref || e.To.Email != address {
			continue
		}
		m, err := outbox.Read(dir, e.Name)
		if err != nil {
			return "", err
		}
		if found := visitor.Links(m.Text); len(found) > 0 {
			link = found[0]
		}
	}
	if link == "" {
		return "", fmt.Errorf("no mail of %s to %s has a link", ref, address)
	}
	return link, nil
}
