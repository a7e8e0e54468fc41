package rehearsal

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
)

var folder = filepath.Join("..", "scenarios")

// rehearsed plays a shipped scenario, or one given as a text, with its mails.
func rehearsed(t *testing.T, path string) Report {
	t.Helper()
	s, err := load(path, filepath.Base(path), "rehearsal")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	o := Options{Out: &out, JSON: true}
	report, _, err := rehearse(t.Context(), s, o)
	if err == nil {
		err = report.print(o)
	}
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal([]byte(out.String()), &r); err != nil {
		t.Fatal(err)
	}
	for _, e := range r.Events {
		if e.Wrong != "" {
			t.Logf("line %d, %s: %s", e.Line, e.Text, e.Wrong)
		}
	}
	return r
}

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// at reads an instant of UK time.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := calendar.ParseInstant(s)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

// mailed lists when mails of a kind went.
func (r Report) mailed(kind regime.NoticeKind) []string {
	var out []string
	for _, e := range r.Events {
		if e.Notice == kind {
			out = append(out, calendar.Short(e.At))
		}
	}
	return out
}

func TestEveryShippedScenarioComesAsWritten(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d scenarios, %v", len(files), err)
	}
	readme, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), expectHelp) {
		t.Error("the README does not list the expectations as the program does")
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			if r := rehearsed(t, f); !r.OK || r.Wrong != 0 {
				t.Errorf("%d of %d lines did not come as written", r.Wrong, r.Lines)
			}
			if !strings.Contains(string(readme), "`"+filepath.Base(f)+"`") {
				t.Error("the README does not list it")
			}
		})
	}
}

func TestAFirstMeetingThatSlipsIsToldAtExactly24And48Hours(t *testing.T) {
	r := rehearsed(t, filepath.Join(folder, "no-agreement-recorded.txt"))
	got := r.mailed("N15")
	want := []string{ // the judgement was recorded on Monday at 17:30
		"Tue 12 Nov 2013 05:30", "Tue 12 Nov 2013 13:30", "Tue 12 Nov 2013 17:30", "Wed 13 Nov 2013 17:30",
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("told at %v, want %v", got, want)
	}
}

func TestKingsLynnsRemindersStandOnTheDaysOfTheCalendar(t *testing.T) {
	r := rehearsed(t, filepath.Join(folder, "kings-lynn.txt"))
	if got := r.mailed("N15"); len(got) != 1 || got[0] != "Fri 13 Sep 2013 14:00" {
		t.Errorf("the 24 hours were told at %v", got)
	}
	chased := strings.Join(r.mailed("N28"), "; ")
	for _, day := range []string{
		"Sat 18 Jan 2014 10:00", "Thu 23 Jan 2014 10:00", "Sun 26 Jan 2014 10:00", // month 3
		"Sat 26 Apr 2014 10:00", "Fri 2 May 2014 10:00", // month 6, a day and a week late
	} {
		if !strings.Contains(chased, day) {
			t.Errorf("progress was not chased on %s, but on %s", day, chased)
		}
	}
	if strings.Contains(chased, "Thu 19 Dec 2013") {
		t.Error("month 2 was chased after it had been published")
	}
	missed := 0
	for _, e := range r.Events {
		if e.Duty == failure.DutyReinspect && !e.By.Equal(at(t, "2014-10-25 10:00")) {
			t.Errorf("the re-inspection was due by %s", calendar.Instant(*e.By))
		}
		if e.Kind == ByClock && strings.HasPrefix(e.Text, "Missed:") {
			missed++
			if calendar.Day(e.At) != "2 May 2014" {
				t.Errorf("%s on %s", e.Text, calendar.Day(e.At))
			}
		}
	}
	if missed != 1 {
		t.Errorf("%d months are shown as missed", missed)
	}
	if r.Runs > 4 {
		t.Errorf("the case took %d runs: a run ends only where the server suggests it", r.Runs)
	}
}

func TestALineThatComesOtherwiseIsNamed(t *testing.T) {
	r := rehearsed(t, written(t, opening+`
2013-09-10 09:40  measures decide --by CQC --outcome place --reason x
2013-09-10 09:50  measures decide --by CQC --outcome place --reason y !! R55
2013-09-10 10:00  note add --by CQC --what "Done" !! R1
2013-09-10 10:10  summit convene --by CQC --at "2013-09-09 10:00" !! MISTAKE
2013-09-10 10:20  expect stage CLOSED
2013-09-10 10:20  expect duty CONVENE_SUMMIT overdue
2013-09-10 10:20  expect mails N1 = 0
2013-09-10 10:20  expect ring-holder Monitor
2013-09-10 10:20  expect no-open-duties
2013-09-10 10:21  note add --by CQC --what "Twice"
2013-09-10 10:22  note add --by CQC --what "Twice"
`))
	if r.OK || r.Wrong != 9 {
		t.Errorf("ok is %v and %d lines are wrong", r.OK, r.Wrong)
	}
	want := map[int]string{
		3: "it was to be done", 4: "it was to be refused by R55", 5: "was done", 7: "it is SUMMIT_CONVENING",
		8: "open", 9: "there are 22", 10: "nobody holds the ring", 11: "CONVENE_SUMMIT",
		13: "repetition",
	}
	for _, e := range r.Events {
		if e.Line > 0 && !strings.Contains(e.Wrong, want[e.Line]) || e.Wrong != "" && want[e.Line] == "" {
			t.Errorf("line %d: %q, want %q", e.Line, e.Wrong, want[e.Line])
		}
	}
}

// A monthly report is put on file. What is asked in the same minute is taken all the same.
func TestNoLineIsLostWhereACaseIsPutOnFile(t *testing.T) {
	text := `2013-10-25 10:00  open --provider RCX --by Monitor --reason "Own evidence"
2013-10-25 10:00  measures decide --by Monitor --outcome place --reason "Own evidence"
`
	for month, day := range []string{"2013-11-20", "2013-12-20", "2014-01-20"} {
		text += strings.NewReplacer("M", strconv.Itoa(month+1), "DAY", day).Replace(`DAY 10:00  progress publish --by provider --month M \
    --url https://trust.example/M
DAY 10:00  note add --by CQC --what "First after M"
DAY 10:00  note add --by CQC --what "Second after M"
DAY 10:00  measures decide --by CQC --outcome exit --reason "After M" !! R54
`)
	}
	text += "2014-01-20 10:00  expect duty MONTHLY_PROGRESS in-time 3\n"
	r := rehearsed(t, written(t, text))
	if !r.OK || r.Runs < 1 {
		t.Errorf("ok is %v after %d runs", r.OK, r.Runs)
	}
	done := 0
	for _, e := range r.Events {
		if e.Kind == Done {
			done++
		}
	}
	if done != 11 || r.Summary.Entries < 11 {
		t.Errorf("%d acts were done, and the record has %d entries", done, r.Summary.Entries)
	}
}

func TestACaseThatStaysOpenIsLeftWhereItStands(t *testing.T) {
	r := rehearsed(t, written(t, opening))
	if last := r.Events[len(r.Events)-1]; !r.OK || last.At.After(at(t, "2013-09-10 10:00")) {
		t.Errorf("the last thing that happened is %+v", last)
	}
}

// gathers is the subject of a mail of several notices.
var gathers = regexp.MustCompile(`\] (\d+) notices: `)

func TestEveryMailThatIsToldOfWasWrittenAndSent(t *testing.T) {
	s, err := load(filepath.Join(folder, "no-agreement-by-timeout.txt"), "key", "rehearsal")
	if err != nil {
		t.Fatal(err)
	}
	r, post, err := rehearse(t.Context(), s, Options{Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, m := range r.Summary.Mails {
		told += m.Accepted
		if m.Failed+m.Open > 0 {
			t.Errorf("%s: %d failed, %d open", m.Kind, m.Failed, m.Open)
		}
	}
	sent := 0
	for _, m := range post.mails {
		if several := gathers.FindStringSubmatch(m.Subject); several != nil {
			n, _ := strconv.Atoi(several[1])
			sent += n
		} else {
			sent++
		}
	}
	if sent != told || len(post.mails) == sent {
		t.Errorf("%d mails with %d notices were sent and %d are told of", len(post.mails), sent, told)
	}
	for _, m := range post.mails {
		if !strings.Contains(m.Subject, "Demonstration") || !strings.HasSuffix(m.To.Email, ".example") {
			t.Errorf("a mail to %s says %q", m.To.Email, m.Subject)
		}
	}
}

func TestTheTextTellsWhatTheDocumentTells(t *testing.T) {
	var out strings.Builder
	ok, err := Rehearse(t.Context(), filepath.Join(folder, "kings-lynn.txt"), Options{Out: &out, Mails: true})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	for _, line := range []string{
		"2013-10-22 10:00  refused  R55 NHS England East Anglia area team, measures decide: Monitor decides",
		"2013-10-25 10:00  done     Monitor: Placed the provider in special measures.",
		"2014-01-29 15:30  done     the provider: Published progress for month 3, late",
		"                  late     the provider was to publish its progress for month 3 by Sat 25 Jan 2014 10:00",
		"2014-05-02 10:00  clock    Missed: publish its progress for month 6.",
		"mail     N15 First response meeting: 24/48 hours, to NHS England East Anglia area team",
		"Public Health England, East Anglia", // one of the many that only --mails names
		"lines came as written; 1 run of the workflow",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("the text lacks %q", line)
		}
	}
}

// A second routine mail of the day waits for the next; it is told of once, when it goes.
func TestAMailThatWaitsForWorkingHoursIsToldOfWhenItGoes(t *testing.T) {
	r := rehearsed(t, filepath.Join(folder, "own-powers.txt"))
	seen := map[string]bool{}
	for _, e := range r.Events {
		for _, to := range e.To {
			if to.State == "" {
				t.Fatalf("%s of %s: %s waits and is named", e.Notice, e.At, to.Name)
			}
			if id := e.Text + e.At.String() + to.Name + string(to.Level) + string(to.State); e.Kind == Mailed && e.Notice == "N24" {
				if seen[id] {
					t.Fatalf("twice: %s", id)
				}
				seen[id] = true
			}
		}
	}
	if len(seen) == 0 {
		t.Fatal("no mail")
	}
}
