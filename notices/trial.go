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
		m, err := l.previewed(b, n)
		if err != nil {
			return err
		}
		if strings.Contains(m.Text, "<no value>") {
			return fmt.Errorf("the mail shows a field that has no value")
		}
	}
	return nil
}

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
	m, err := l.Preview(regime.NoticeMonthlyProgress)
	if err != nil {
		return nil // it is told already
	}
	if !strings.Contains(strings.Join(strings.Fields(m.Text), " "), "Please publish your action plan by") {
		return []Finding{{File: layoutFile, Text: "the mails do not show .Lead, which says what is asked and by when"}}
	}
	return nil
}
