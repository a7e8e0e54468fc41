package outbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/whole"
)

func newOutbox(t *testing.T) (*Outbox, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "outbox")
	o, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	return o, dir
}

func send(t *testing.T, o *Outbox, m mail.Message, want mail.Outcome) mail.Result {
	t.Helper()
	r := o.Send(context.Background(), m)
	if r.Outcome != want {
		t.Fatalf("notice %s: %+v, want %s", m.ID, r, want)
	}
	return r
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		out = append(out, f.Name())
	}
	return out
}

func TestFourHundredTriesOfAHundredNoticesMakeAHundredFiles(t *testing.T) {
	o, dir := newOutbox(t)
	var wait sync.WaitGroup
	for try := range 4 {
		for n := range 100 {
			wait.Go(func() {
				m := mailtest.Message(fmt.Sprintf("n%d", n))
				if r := o.Send(context.Background(), m); r.Outcome != mail.Accepted {
					t.Errorf("try %d of %d: %+v", try, n, r)
				}
			})
		}
	}
	wait.Wait()
	if got := names(t, dir); len(got) != 100 {
		t.Errorf("%d files: %v", len(got), got)
	}
}

func TestALaterTryLeavesTheFirstFileAsItWas(t *testing.T) {
	o, dir := newOutbox(t)
	m := mailtest.Message("n1")
	name := send(t, o, m, mail.Accepted).Detail
	before, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	m.Subject, m.At = "Changed", m.At.In(time.UTC) // time zones are lost on the way
	send(t, o, m, mail.Accepted)
	after, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || string(before) != string(after) {
		t.Errorf("file changed, or %v", err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("files %v", got)
	}
}

func TestNoticesWhoseNamesWouldBeAlikeKeepTheirOwnFiles(t *testing.T) {
	o, dir := newOutbox(t)
	long := strings.Repeat("x", 100)
	ids := []string{"a/b", "a:b", "a_b", "a-b", "../a", "..-a", long + "1", long + "2"}
	for _, id := range ids {
		send(t, o, mailtest.Message(id), mail.Accepted)
	}
	got := names(t, dir)
	if len(got) != len(ids) {
		t.Errorf("%d files for %d notices: %v", len(got), len(ids), got)
	}
	for _, name := range got {
		if !strings.HasPrefix(name, "20130331T0805_HTR-2013-0007_") || len(name) > 255 {
			t.Errorf("name %q", name)
		}
	}
	if want := "20130331T0805_HTR-2013-0007_a-b.eml"; FileName(mailtest.Message("a-b")) != want {
		t.Errorf("name %q, want %q", FileName(mailtest.Message("a-b")), want)
	}
}

func TestAMailCutShortAtAnyByteIsSetAsideAndWrittenAgain(t *testing.T) {
	o, dir := newOutbox(t)
	name := send(t, o, mailtest.Message("n1"), mail.Accepted).Detail
	path := filepath.Join(dir, name)
	full, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content := strings.TrimRight(string(full), "\r\n")
	for n := range len(content) {
		if err := os.WriteFile(path, full[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if finished(dir, name) {
			t.Fatalf("%d bytes of %d are taken for a mail", n, len(content))
		}
		if n%37 > 0 { // the rest takes its time on a disk
			continue
		}
		if _, err := List(dir); err != nil && !strings.Contains(err.Error(), "left out of the outbox list") {
			t.Fatalf("%d bytes: %v", n, err)
		}
		send(t, o, mailtest.Message("n1"), mail.Accepted)
		again, err := os.ReadFile(path)
		if err != nil || !finished(dir, name) || len(again) != len(full) {
			t.Fatalf("%d bytes: %d are there, %v", n, len(again), err)
		}
		aside := whole.SetAsides(dir)
		if len(aside) != 1 {
			t.Fatalf("%d bytes: set aside %v", n, aside)
		}
		if err := os.Remove(aside[0]); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAMailIsNeverTakenForAnotherNoticesFile(t *testing.T) {
	o, dir := newOutbox(t)
	upper, lower := mailtest.Message("N1"), mailtest.Message("n1")
	send(t, o, upper, mail.Accepted)
	// As on a file system that does not tell upper from lower case.
	old, new := filepath.Join(dir, FileName(upper)), filepath.Join(dir, FileName(lower))
	if err := os.Rename(old, new); err != nil {
		t.Fatal(err)
	}
	r := send(t, o, lower, mail.RefusedForGood)
	if !strings.Contains(r.Detail, "another notice") {
		t.Errorf("detail %q", r.Detail)
	}
}

func TestAFileLeftUnfinishedIsNoMailAndIsSweptWhenOld(t *testing.T) {
	o, dir := newOutbox(t)
	for name, age := range map[string]time.Duration{"old": 2 * whole.Abandoned, "young": 0} {
		path := filepath.Join(dir, whole.Unfinished+name)
		if err := os.WriteFile(path, []byte("half a mail"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	name := send(t, o, mailtest.Message("n1"), mail.Accepted).Detail
	if entries, err := List(dir); err != nil || len(entries) != 1 {
		t.Errorf("list %v, %v", entries, err)
	}
	if _, err := New(dir); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, dir), " "); got != whole.Unfinished+"young "+name {
		t.Errorf("left: %s", got)
	}
}

func TestAnOutboxTakenAwayIsAMatterForAPersonAndComesBack(t *testing.T) {
	o, dir := newOutbox(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	send(t, o, mailtest.Message("n1"), mail.Misconfigured)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	send(t, o, mailtest.Message("n1"), mail.Accepted)
}

func TestOnlyTheOwnerReadsTheOutbox(t *testing.T) {
	o, dir := newOutbox(t)
	name := send(t, o, mailtest.Message("n1"), mail.Accepted).Detail
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, name): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestAnInvalidMailOrAnEndedContextLeavesNoFile(t *testing.T) {
	o, dir := newOutbox(t)
	bad := mailtest.Message("n1")
	bad.Subject = "a\r\nBcc: b@c.example"
	send(t, o, bad, mail.RefusedForGood)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r := o.Send(ctx, mailtest.Message("n2")); r.Outcome != mail.RefusedForNow {
		t.Errorf("%+v", r)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("files %v", got)
	}
}

func TestAnOutboxThatIsAFileIsRefusedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(path); err == nil {
		t.Error("opened")
	}
}

func TestTheListOfNoOutboxIsAnErrorNotEmpty(t *testing.T) {
	if _, err := List(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
