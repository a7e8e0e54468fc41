package surveillance

import (
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestR88_NothingThatTheMailServiceSaysOfAVoicesMailTellsWhoItIs(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("LETB", &RaiseConcern{Provider: "RCX", What: "nights", Confidential: true}).
		by("CQC", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
	n := s.g.Notices[len(s.g.Notices)-1]
	if n.To[0].Party != "UNNAMED/C1" {
		t.Fatalf("%+v", n)
	}
	s.g.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: "UNNAMED/C1", Level: regime.LevelDuty, State: ledger.StateRefused,
		About: ledger.MatterRecipient, Sign: "550 5.1.1", Reason: "no mailbox of the training board", Note: "line 12: letb", Domain: 3,
		AssignedTo: "Jo of the training board"}}, s.now)
	shown := regimetest.AsText(s.g.Public())
	for _, secret := range []string{"mailbox of the training", "line 12", "Jo of"} {
		if strings.Contains(shown, secret) {
			t.Errorf("it says %q", secret)
		}
	}
	if d := s.g.OpenDuties(); slices.ContainsFunc(d, func(d ledger.Duty) bool { return d.Kind == regime.DutyMendDirectory }) {
		t.Errorf("that its contact is to be found tells who it is as soon as its body's is, too: %+v", d)
	}
}

// One body's mailboxes fail in a way of their own, whether it told the concern or another did.
func TestR14_WhoseMailboxFailsTellsNobodyWhoToldTheConcern(t *testing.T) {
	told := func(teller, failing regime.Party, fate ledger.SendResult, word ledger.MailEvent) string {
		s := group(t, "2013-04-02 10:00").by(teller, &RaiseConcern{Provider: "RCX", What: "nights", Confidential: true}).
			by("CQC", &RaiseConcern{Provider: "RGP", What: "a fire", Urgent: true}).
			by("CQC", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
		var ts []ledger.SendResult
		var es []ledger.MailEvent
		for _, n := range s.g.Notices {
			for _, r := range n.To {
				one, mail := ledger.SendResult{State: ledger.StateAccepted}, ledger.MailID("x", n.ID, r)
				if s.g.Behind(r.Party) == failing {
					one, word.Mail, word.At = fate, mail, s.now
					es = append(es, word)
				}
				one.Notice, one.Party, one.Level, one.Mail = n.ID, r.Party, r.Level, mail
				ts = append(ts, one)
			}
		}
		if len(es) != 1+words.Flag(teller == failing) {
			t.Fatalf("no mail goes to the failing mailbox: %+v", s.g.Notices)
		}
		s.g.RecordSent(ts, s.now)
		s.g.RecordDeliveryEvents(es, s.now)
		s.at("2013-04-02 14:00")
		alarm, _ := s.g.NextDue()
		return regimetest.AsText(s.g.Public()) + regimetest.AsText([]any{s.g.ToSend(s.now), s.g.NextRetry(), alarm})
	}
	refused := ledger.SendResult{State: ledger.StateRefused, About: ledger.MatterRecipient, Sign: "550 5.1.1", Reason: "no such user"}
	for what, fails := range map[string]struct {
		fate ledger.SendResult
		word ledger.MailEvent
	}{
		"refused":    {refused, ledger.MailEvent{}},
		"no contact": {ledger.SendResult{State: ledger.StateNoContact, Note: "not listed"}, ledger.MailEvent{}},
		"greylisted": {ledger.SendResult{State: ledger.StateWaiting, About: ledger.MatterPolicy, RetryAfter: time.Hour}, ledger.MailEvent{}},
		"bounced": {ledger.SendResult{State: ledger.StateAccepted}, ledger.MailEvent{State: ledger.StateBounced,
			About: ledger.MatterRecipient, Sign: "bounce 5.1.1"}},
		"delivered": {ledger.SendResult{State: ledger.StateAccepted, Entry: true}, ledger.MailEvent{State: ledger.StateDelivered}},
	} {
		if a, b := told("CCG/07J", "CCG/07J", fails.fate, fails.word), told("CCG/07K", "CCG/07J", fails.fate, fails.word); a != b {
			i := 0
			for a[i] == b[i] {
				i++
			}
			t.Errorf("%s: it tells:\n%s\n%s", what, a[max(0, i-200):min(len(a), i+200)], b[max(0, i-200):min(len(b), i+200)])
		}
	}
}
