package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
)

func TestAMailInAnOutboxThatIsNotThereIsSaidPlainly(t *testing.T) {
	o := at(t)
	for _, command := range []string{"outbox", "outbox ab12"} {
		a := o.run(line(command + " --dir nowhere")...)
		if a.code != 2 || !strings.Contains(a.err, "no outbox at nowhere") {
			t.Errorf("exit %d, %q", a.code, a.err)
		}
	}
}

func post(t *testing.T, dir string, ids ...string) {
	t.Helper()
	box, err := outbox.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		m := mail.Message{ID: id, CaseRef: "K7QM-3XRD", At: began.Add(time.Duration(i) * time.Hour),
			From:    mail.Address{Name: "Hold the Ring", Email: "ring@office.example"},
			ReplyTo: mail.Address{Email: "office@office.example"},
			To:      mail.Address{Name: "CQC, duty desk", Email: "duty@cqc.example"},
			Subject: "[K7QM-3XRD] Risk summit triggered", Text: "Dear all,\n\nplease come.\n",
			HTML: "<p>please come</p>"}
		if r := box.Send(t.Context(), m); r.Outcome != mail.Accepted {
			t.Fatalf("%+v", r)
		}
	}
}

func TestTheOutboxIsListedAndReadByAnyPartOfAName(t *testing.T) {
	o := at(t)
	dir := filepath.Join(t.TempDir(), "mails")
	if a := o.run("outbox", "--dir", dir); a.code != 2 || !strings.Contains(a.err, "There is no outbox at") {
		t.Errorf("%+v", a)
	}
	post(t, dir, "n1-aaaa", "n2-bbbb", "n3-cccc")
	o.env["HTR_OUTBOX"] = dir
	list := o.must("outbox --last 2 --case k7qm-3xrd")
	has(t, list, "Tue 10 Sep 2013 11:30  cccc  CQC, duty desk")
	lacks(t, list, "aaaa")
	if none := o.must("outbox --case A-1"); none != "No such mail.\n" {
		t.Error(none)
	}
	if text := o.must("outbox bbbb"); !strings.Contains(text, "To:      CQC, duty desk <duty@cqc.example>") ||
		!strings.HasSuffix(text, "Dear all,\n\nplease come.\n") {
		t.Error(text)
	}
	if m := asJSON[outbox.Mail](t, o.must("outbox cccc --json")); m.Notice != "n3-cccc" || m.HTML == "" {
		t.Errorf("%+v", m)
	}
	for _, part := range []string{"zzzz", "K7QM", "../mails"} {
		if a := o.run("outbox", part); a.code != 2 {
			t.Errorf("%s: %+v", part, a)
		}
	}
}
