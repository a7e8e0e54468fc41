package rehearsal

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// secrets are what others must not be able to tell from what they get: who told a group, where it came
// from, what a sealed view says.
type secrets struct {
	tellers []string
	sources []string
	note    string
	view    string
}

// course is a scenario of a group and a case in which people act at random, with the secrets put in.
// The same seed gives the same scenario but for them. The view is never opened.
func course(seed uint64, s secrets) string {
	d := rand.New(rand.NewPCG(seed, 2))
	now, _ := calendar.ParseInstant("2013-09-02 09:00")
	var lines []string
	say := func(format string, args ...any) {
		lines = append(lines, now.In(calendar.London).Format("2006-01-02 15:04")+"  "+fmt.Sprintf(format, args...))
		now = now.Add(time.Duration(1+d.IntN(60*72)) * time.Minute)
	}
	say("group start --area Q56")
	open := []string{"CQC", "Healthwatch", "CCG/06L", "Monitor", "\"NHS England\""}
	for range 6 + d.IntN(6) {
		switch d.IntN(4) {
		case 0, 1:
			who := d.IntN(len(s.tellers))
			urgent := []string{"", " --urgent"}[d.IntN(2)]
			say("group concern --by %s --provider RCX --source %s --protect-identity%s --kind training-environment --what \"nights %d\"",
				s.tellers[who], s.sources[who], urgent, len(lines))
		case 2:
			say("group concern --by %s --provider RCX --what \"days %d\"", open[d.IntN(len(open))], len(lines))
		case 3:
			say("group note --by %s --what \"noted %d\"", open[d.IntN(len(open))], len(lines))
		}
	}
	say(`trigger --provider RCX --by CQC --source %s --protect-identity --what "Unsafe"`, s.sources[0])
	say(`concern record --by Monitor --kind whistleblower --what "as feared" --source %s --protect-identity --source-note "%s"`,
		s.sources[1], s.note)
	say(`judgement own --by Monitor --view "%s" --sealed`, s.view)
	now = now.Add(21 * 24 * time.Hour) // reminders, digests, an invitation
	say(`note add --by CQC --what "and so on"`)
	say(`group note --by CQC --what "and so on"`)
	return strings.Join(lines, "\n") + "\n"
}

// played are the mails of a course, and all that happened in it.
func played(t *testing.T, text string) (mails, report string) {
	t.Helper()
	s, err := load(written(t, text), "twin", "rehearsal")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	r, post, err := rehearse(t.Context(), s, Options{Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	r.File, r.Took = "", 0
	var got []string
	for _, m := range post.mails {
		if strings.Contains(m.Text, "The concern of your body") {
			continue // to who told, and to nobody else (R88)
		}
		raw, err := json.MarshalIndent(m, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(raw))
	}
	slices.Sort(got) // those of one moment go in any order
	raw, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(got, "\n"), string(raw)
}

func TestR14_R23_NoMailAndNoReportTellsWhatIsKeptInConfidence(t *testing.T) {
	one := secrets{[]string{"CCG/07K", "LETB"}, []string{"whistleblower", "patient"}, "a nurse", "Governance has failed"}
	two := secrets{[]string{"LETB", "CQC"}, []string{"media", "other"}, "somebody quite else, of another office", "All is well"}
	sent := 0
	for seed := range uint64(12) {
		mailsA, reportA := played(t, course(seed, one))
		mailsB, reportB := played(t, course(seed, two))
		sent += strings.Count(mailsA, `"caseRef"`)
		for what, texts := range map[string][2]string{"the mails": {mailsA, mailsB}, "the report": {reportA, reportB}} {
			a, b := strings.Split(texts[0], "\n"), strings.Split(texts[1], "\n")
			for i := range min(len(a), len(b)) {
				if a[i] != b[i] {
					t.Fatalf("course %d: %s part at line %d:\n%s\n%s\n%s", seed, what, i, a[i], b[i], course(seed, one))
				}
			}
			if len(a) != len(b) {
				t.Fatalf("course %d: %s: %d lines and %d", seed, what, len(a), len(b))
			}
		}
	}
	t.Logf("12 courses, %d mails", sent)
	if sent < 12*20 {
		t.Errorf("only %d mails were compared", sent)
	}
}
