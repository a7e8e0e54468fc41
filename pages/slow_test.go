package pages_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// slowly posts a form a byte at a time, with a pause between, and returns what it is answered.
func slowly(t *testing.T, address, path, form string, pause time.Duration) (status int, body string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: ring.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n",
		path, len(form))
	go func() {
		for i := range form {
			if _, err := c.Write([]byte(form[i : i+1])); err != nil {
				return
			}
			time.Sleep(pause)
		}
	}()
	r, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(text)
}

func TestABodyThatComesAByteAtATimeIsNotWaitedForAndKeepsNobodyBusy(t *testing.T) {
	b := summit(t)
	// The servers of this program wait half a minute for a request (loopback); here it is less.
	site := httptest.NewUnstartedServer(b.pages.Handler())
	site.Config.ReadTimeout = 700 * time.Millisecond
	site.Start()
	defer site.Close()
	text := b.link("N3", "CQC")
	page := b.get("/a/" + text + "/summit-reply.n")
	to, key := actionOf.FindStringSubmatch(page.body)[1], keyOf.FindStringSubmatch(page.body)[1]
	form := url.Values{"key": {key}, "person": {"Jo Bloggs"}, "role": {"medical director"}, "record": {"yes"},
		"f-answer": {"attending"}}.Encode()
	was := b.state()
	var crew sync.WaitGroup
	for range 20 {
		crew.Go(func() {
			status, body := slowly(t, site.Listener.Addr().String(), to, form, 100*time.Millisecond)
			if status != http.StatusRequestTimeout {
				t.Errorf("%d: %s", status, body)
			}
			has(t, body, "<h1>This did not arrive whole</h1>", "Nothing was recorded")
		})
	}
	began := time.Now()
	if r := b.get("/a/" + text); r.status != http.StatusOK || time.Since(began) > 5*time.Second {
		t.Errorf("meanwhile another waits %s: %d", time.Since(began), r.status)
	}
	crew.Wait()
	if b.state() != was {
		t.Error("half an answer was recorded")
	}
	if status, _ := slowly(t, site.Listener.Addr().String(), to, form, 0); status != http.StatusSeeOther {
		t.Errorf("sent again at once: %d", status)
	}
}

func TestTheSameFormSentTwiceAtOnceIsRecordedOnce(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	was := len(b.ledger().Entries)
	var crew sync.WaitGroup
	for range 8 {
		crew.Go(func() {
			r := b.answer(page, url.Values{"f-answer": {"attending"}})
			has(t, r.body, "Your answer is recorded")
		})
	}
	crew.Wait()
	if n := len(b.ledger().Entries) - was; n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestAnAnswerAfterItsTimeOrAfterTheCaseIsClosedGetsAClearPage(t *testing.T) {
	b := summit(t)
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	b.do("summit end --by", "NHS England East Anglia", "--record=the nights were covered")
	asked := b.link("N11", "CQC")
	late := b.get("/a/" + asked + "/judgement-regulatory.n")
	b.do("judgement collective --by", "NHS England East Anglia", "--value=no-failure", "--reason=each has said so")
	b.memory.Pass(48 * time.Hour)
	has(t, b.get("/a/"+asked).body, "now: it was due by")
	judged := b.answer(late, url.Values{"f-value": {"no-material-breach"}, "f-evidence": {"rotas and interviews"}})
	if !strings.Contains(judged.url, "/done/") { // late, and better than never
		t.Fatalf("%d: %s", judged.status, judged.body)
	}
	b.do("standards answer --by", "NHS England East Anglia", "--answer=no", "--reason=supervision was there")
	b.do("letter send --by", "NHS England East Anglia")
	b.do("level set --by", "NHS England East Anglia", "--level=enhanced", "--reason=looked at", "--next-review=2013-12-02")
	b.do("case propose-closing --by", "NHS England East Anglia", "--lessons=ask for the rota")
	b.memory.Pass(10 * 24 * time.Hour)
	b.do("case close --by", "NHS England East Anglia")
	was := b.state()
	closed := b.answer(late, url.Values{"f-value": {"no-material-breach"}, "f-evidence": {"again"}, "key": {strings.Repeat("0", 32)}})
	if closed.status != http.StatusNotFound && closed.status != http.StatusUnprocessableEntity || b.state() != was {
		t.Errorf("%d: %s", closed.status, closed.body)
	}
	if !strings.Contains(closed.body, "This is not asked any more") && !strings.Contains(closed.body, "The rules do not allow this") {
		t.Error(closed.body)
	}
	page := b.get("/a/" + asked)
	has(t, page.body, "This was dealt with on", "Case "+b.ref)
}
