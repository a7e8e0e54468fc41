package notices

import (
	"fmt"
	"strings"
	"time"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// rendered tries every kind in each of the circumstances that a mail is written in, so that what
// is wrong with a template is found before a mail is: a branch that fails, a subject that is too
// long with all that goes before it, a layout that leaves out what is asked.
func (l *Library) rendered() []Finding {
	var out []Finding
	for _, p := range regime.Profiles() {
		for _, k := range everyKind() {
			if b, n, ok := sampleUnder(p, k); ok {
				if err := l.tried(b, n); err != nil {
					out = append(out, place(string(k)+ending, err))
				}
			}
		}
	}
	if _, err := l.PreviewGathered(); err != nil {
		out = append(out, place(layoutFile, err))
	}
	return append(out, l.leads()...)
}

// longestRef is as long as a reference gets.
const longestRef = groupPrefix + "EXAMPLE-AREA-CODE"

// tried gives the first error of a kind's mails.
func (l *Library) tried(b message.Batch, n ledger.Notice) error {
	for _, circumstance := range []func(*message.Batch, *ledger.Notice){
		func(*message.Batch, *ledger.Notice) {},
		func(b *message.Batch, _ *ledger.Notice) { b.Hows = nil },
		overdue,
		func(b *message.Batch, n *ledger.Notice) { overdue(b, n); b.Hows = nil },
		func(b *message.Batch, n *ledger.Notice) { n.Items, n.By, n.Duty = nil, time.Time{}, "" },
	} {
		b, n := b, n
		circumstance(&b, &n)
		m, err := l.Render(b, n, onAPage())
		if err != nil {
			return err
		}
		if strings.Contains(m.Text, "<no value>") {
			return fmt.Errorf("the mail shows a field that has no value")
		}
	}
	for _, to := range []Recipient{Reader(ByProgram, sampleParty, regime.LevelDuty), reached()} {
		if _, err := l.Render(b, n, to); err != nil {
			return err
		}
	}
	return nil
}

// sampleLink is as long as a link gets.
const sampleLink = "https://pages.hold-the-ring.example/a/" +
	"ARNIm3MFdoY0WJvjgUJ1LccXGKwksXqtk658lNtMxQ-ksG0vuF_wkroUdrfcg2Yb98npGQmM9nDi3_fXd4A7OMMHf0Aoe4lzWYvzQAdsKcT" +
	"913mjsuj-0YLcWUij20vJ2ItvDiyenT8LHUiyWaSkKs2K_PgElxJwvE0Xgnc"

// onAPage is a recipient who answers on a page, reached one who is told how the secretariat is reached.
func onAPage() Recipient { return Reader(OnPage, sampleParty, regime.LevelDuty) }

func reached() Recipient { return Reader(Secretarial, sampleParty, regime.LevelDuty) }

// overdue has a mail bear the longest beginning that a subject can have.
func overdue(b *message.Batch, n *ledger.Notice) {
	n.Rung, n.By, n.At, n.Overdue = 1, sampleTime, sampleTime.AddDate(0, 0, 1), true
	b.Demonstration = true
	if strings.HasPrefix(b.Ref, groupPrefix) {
		b.Ref = longestRef
	}
}

// leads finds a layout whose mails do not say first what is asked.
func (l *Library) leads() []Finding {
	m, err := l.Preview(regime.NoticeMonthlyProgress, OnPage)
	if err != nil {
		return nil // it is told already
	}
	if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), "Please publish your action plan by") {
		return []Finding{{File: layoutFile, Text: "the mails do not show .Lead, which says what is asked and by when"}}
	}
	b, n, err := sample(regime.NoticeMonthlyProgress)
	if err != nil {
		return nil
	}
	for _, to := range []struct {
		Recipient
		shows, field string
	}{{onAPage(), sampleLink, ".Link, where the reader answers"}, {reached(), "01223 555 0100", ".Reach, how the secretariat is reached"}} {
		if m, err := l.Render(b, n, to.Recipient); err == nil && !strings.Contains(strings.Join(strings.Fields(m.Text), " "), to.shows) {
			return []Finding{{File: layoutFile, Text: "the mails do not show " + to.field}}
		}
	}
	return nil
}
