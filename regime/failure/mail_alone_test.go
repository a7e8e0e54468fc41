package failure

import (
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// A refusal that looks as if it were about us all, and is met by one body alone while the others' mails
// are taken, is about that body: it keeps no other waiting, is not tried again and again, and its next
// contact is told.
func TestOneBodysRefusalThatSoundsLikeOursKeepsNobodyElseWaiting(t *testing.T) {
	for _, about := range []ledger.Matter{ledger.MatterSystem, ledger.MatterSender, ledger.MatterAccount} {
		m := mailed(t)
		tries, refused := 0, time.Time{}
		m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
			if r.Party.Body() == "CQC" && r.Level == regime.LevelDuty {
				tries++
				refused = m.now
				return refusesAll(about)(n, r)
			}
			if refused.Equal(m.now) { // the rest of the batch
				t := refusesAll(about)(n, r)
				t.Untried = true
				return t
			}
			return takes(n, r)
		}
		m.run(m.now.Add(6 * time.Hour))
		next := 0
		for _, n := range m.c.Notices {
			for _, r := range n.To {
				next += words.Flag(r.Party.Body() == "CQC" && r.Level != regime.LevelDuty)
			}
		}
		if tries > 40 || next == 0 || m.c.Hold != nil {
			t.Errorf("%s: %d tries, %d told instead, hold %+v", about, tries, next, m.c.Hold)
		}
	}
}

// A mail that was held with all others was not tried: what it meets later is tried again soon, and not after
// the waits of one that has been refused again and again.
func TestAMailThatWasHeldWithAllOthersWasNotTried(t *testing.T) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		t := refusesAll(ledger.MatterSystem)(n, r)
		t.Untried = true
		return t
	}
	m.run(m.now.Add(time.Hour))
	if m.batches < 10 {
		t.Fatalf("%d batches only", m.batches)
	}
	for _, n := range m.c.Notices {
		for _, r := range n.To {
			if r.Tries > 0 {
				t.Errorf("%s to %s: %d tries", n.ID, r.Party, r.Tries)
			}
		}
	}
}
