package failure

import (
	"math/rand/v2"
	"testing"
	"time"

	"holdthering/regime/ledger"
)

func TestAServiceThatIsDownAnHourOrADayCostsFewTriesAndLittleHistory(t *testing.T) {
	for _, hours := range []int{1, 24} {
		m := mailed(t)
		m.answer = refusesAll(ledger.MatterSystem)
		began := m.now
		m.run(m.now.Add(time.Duration(hours) * time.Hour))
		minutes := map[int]int{}
		for _, at := range m.requests[len(m.c.Notices[0].To):] {
			minutes[int(at.Sub(began)/time.Minute)]++
		}
		most := 0
		for _, n := range minutes {
			most = max(most, n)
		}
		t.Logf("%2d hours: %d mails tried in %d batches, of which %d in the first; after it at most %d in a minute",
			hours, len(m.requests), m.batches, len(m.c.Notices[0].To), most)
		if m.batches > 12+5*hours || most > 2 {
			t.Errorf("%d batches, %d in one minute", m.batches, most)
		}
	}
}

// A relay begins to refuse in the middle of a batch: what it took before proves nothing of what
// it refused after.
func TestAnOutageThatBeginsInTheMiddleOfABatchBlamesNobody(t *testing.T) {
	m := mailed(t)
	n := len(m.c.Notices)
	seen := 0
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if seen++; seen < 4 {
			return ledger.SendResult{State: ledger.StateAccepted}
		}
		return refusesRecipients(n, r)
	}
	m.run(m.now.Add(time.Hour))
	if m.duties() != 0 || m.c.Hold == nil {
		t.Fatalf("%d duties", m.duties())
	}
	m.answer = takes
	m.run(m.now.Add(time.Hour))
	m.wantOnce(n)
}

// Whatever a service answers, in whatever order, for minutes at random: in the end every mail has
// gone once, and no contact is blamed that was not refused for itself.
func TestOutagesOfEveryKindAtRandomLoseDoubleAndBlameNothing(t *testing.T) {
	kinds := []func(ledger.Notice, ledger.Recipient) ledger.SendResult{refusesAll(ledger.MatterAccount), refusesAll(ledger.MatterSender),
		refusesAll(ledger.MatterSystem), refusesAll(ledger.MatterRate), refusesRecipients,
		func(ledger.Notice, ledger.Recipient) ledger.SendResult {
			return ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterContent,
				Note: "554 5.6.0", Sign: "554 5.6.0", RetryAfter: time.Minute}
		},
		func(ledger.Notice, ledger.Recipient) ledger.SendResult {
			return ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterPolicy,
				Note: "554 5.7.1", Sign: "554 5.7.1", RetryAfter: time.Minute}
		}}
	for seed := range uint64(200) {
		m := mailed(t)
		dice := rand.New(rand.NewPCG(seed, 1))
		m.answer = takes
		for range 6 {
			if m.answer = takes; dice.IntN(3) > 0 {
				kind, left := kinds[dice.IntN(len(kinds))], dice.IntN(6)
				m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
					if left--; left >= 0 { // it begins in the middle of a batch
						return ledger.SendResult{State: ledger.StateAccepted}
					}
					return kind(n, r)
				}
			}
			m.run(m.now.Add(time.Duration(dice.IntN(25*60)) * time.Second))
			m.answer = takes
			m.run(m.now.Add(time.Duration(1+dice.IntN(20*60)) * time.Second))
		}
		m.run(m.now.Add(time.Hour))
		m.wantOnce(len(m.c.Notices))
		if m.duties() != 0 {
			t.Errorf("%d duties", m.duties())
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
