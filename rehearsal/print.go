package rehearsal

import (
	"fmt"
	"io"
	"strings"

	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// printer writes events as they come, one paragraph each.
type printer struct {
	out   io.Writer
	every bool // name every recipient of every mail
	last  string
}

// indent is the width of the column of times: "2013-10-25 10:00  ".
const indent = 18

func (p *printer) event(e Event) {
	when := e.At.In(calendar.London).Format("2006-01-02 15:04")
	if when == p.last {
		when = ""
	} else {
		p.last = when
	}
	said := e.words(p.every)
	if e.Group != "" {
		said = "[" + e.Group + "] " + said
	}
	fmt.Fprintf(p.out, "%-*s%-8s %s\n", indent, when, e.Kind, said)
	if e.Wrong != "" {
		fmt.Fprintf(p.out, "%*s%-8s line %d: %s\n", indent, "", "WRONG", e.Line, e.Wrong)
	}
}

func (e Event) words(every bool) string {
	switch e.Kind {
	case Done:
		return e.Who + ": " + oneLine(e.Text)
	case Refused:
		return e.Rule + " " + e.Who + ", " + e.Verb + ": " + oneLine(e.Text)
	case Mailed:
		return e.mail(every)
	case Met, MetLate:
		return e.Who + " was to " + e.Text + " by " + calendar.Short(*e.By)
	}
	return oneLine(e.Text)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// maxNamed is how many recipients a mail's line names before it counts the others.
const maxNamed = 3

func (e Event) mail(every bool) string {
	said := fmt.Sprintf("%s %s, to %s", e.Notice, e.Subject, names(e.To, every))
	for _, t := range e.To {
		if t.State != ledger.StateAccepted {
			said += fmt.Sprintf("; %s (%s) not told: %s", t.Name, t.Level, t.Note)
		}
	}
	return said
}

func names(to []Recipient, every bool) string {
	var out []string
	for i, t := range to {
		if i == maxNamed && len(to) > maxNamed+1 && !every {
			out = append(out, fmt.Sprintf("%d others", len(to)-i))
			break
		}
		name := t.Name
		if t.Level != regime.LevelDuty {
			name += " (" + string(t.Level) + ")"
		}
		out = append(out, name)
	}
	return strings.Join(out, "; ")
}

// heading says what is played.
func (p *printer) heading(s script, o Options) {
	title := s.Title
	if title == "" {
		title = s.File
	}
	fmt.Fprintln(p.out, title)
	if s.Source != "" {
		fmt.Fprintln(p.out, "Sources:", s.Source)
	}
	fmt.Fprintf(p.out, "Case %s, %d lines, %s to %s. All times are UK time.\n\n", s.ref, len(s.Lines),
		calendar.Day(s.Lines[0].At), calendar.Day(s.Lines[len(s.Lines)-1].At))
	if o.Desk != nil {
		fmt.Fprintf(p.out, "Watch it at the desk as it goes (the address opens it once, and then for that browser):\n  %s\n\n", o.Desk(s.ref))
	}
}

// table says in the end what came of it.
func (p *printer) table(s record.Summary) {
	fmt.Fprintf(p.out, "\n%s %s.\n\n%-56s %6s\n", s.Stands, after(int(s.Length.Hours()/24)), "Duties", "")
	for _, d := range s.Duties {
		fmt.Fprintf(p.out, "  %-54s %6d\n", d.Standing, d.Count)
	}
	fmt.Fprintf(p.out, "\n%-56s %6s\n", "Mails", "sent")
	all := 0
	for _, m := range s.Mails {
		fmt.Fprintf(p.out, "  %-54s %6d%s\n", string(m.Kind)+" "+m.Subject, m.Accepted, rest(m))
		all += m.Accepted
	}
	fmt.Fprintf(p.out, "  %-54s %6d\n\n", "all", all)
}

func after(days int) string {
	switch days {
	case 0:
		return "on the first day"
	case 1:
		return "after 1 day"
	}
	return fmt.Sprintf("after %d days", days)
}

// rest says what became of the mails that were not sent.
func rest(m record.MailCount) string {
	said := ""
	for _, k := range []struct {
		n    int
		what string
	}{{m.Open, "waiting"}, {m.Failed, "failed"}, {m.Overtaken, "overtaken"}} {
		if k.n > 0 {
			said += fmt.Sprintf(", %d %s", k.n, k.what)
		}
	}
	return said
}

// verdict is the last line.
func (p *printer) verdict(r Report) {
	if r.OK {
		fmt.Fprintf(p.out, "All %d lines came as written", r.Lines)
	} else {
		fmt.Fprintf(p.out, "%d of %d lines did NOT come as written", r.Wrong, r.Lines)
	}
	fmt.Fprintf(p.out, "; %s of the workflow; %.1f s.\n", words.Count(r.Runs, "run"), r.Took.Seconds())
}

// whereToLook says what stays behind on a server.
func (p *printer) whereToLook(s Server, desk string) {
	place := func(known, variable string) string {
		if known == "" {
			return "where the worker has it (" + variable + ")"
		}
		return known
	}
	fmt.Fprintln(p.out, "Where to look")
	for _, row := range [][2]string{
		{"desk", desk},
		{"Temporal UI", s.UI},
		{"groups", strings.Join(s.Groups, ", ")},
		{"mails", place(s.Outbox, "HTR_OUTBOX")},
		{"records", place(s.Records, "HTR_RECORDS")},
		{"history", fmt.Sprintf("%d runs, %d events, %d kB", len(s.Runs), s.Events, s.Bytes/1000)},
	} {
		if row[1] != "" {
			fmt.Fprintf(p.out, "  %-12s %s\n", row[0], row[1])
		}
	}
	fmt.Fprintln(p.out)
}
