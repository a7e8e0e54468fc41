package activities_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"

	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

func TestEveryRecipientGetsOneMailAndTheReportSaysSo(t *testing.T) {
	d := newFixture(t)
	r := d.send(batch("CQC", "TDA"))
	require.Equal(t, []ledger.SendResult{
		{Notice: "n1", Party: "CQC", Level: "duty", State: ledger.StateAccepted, Entry: true},
		{Notice: "n1", Party: "TDA", Level: "duty", State: ledger.StateAccepted},
	}, r.Results)
	es := d.entries()
	require.Len(t, es, 2)
	for _, e := range es {
		require.Equal(t, "[K7QM-3XRD] Judgement", e.Subject)
		require.True(t, e.Urgent)
		require.WithinDuration(t, time.Now(), e.At, time.Minute, "the time of sending")
		_, err := uuid.Parse(e.Notice)
		require.NoError(t, err, "an id names nobody")
	}
}

func TestTheSameBatchAgainDoublesNoMail(t *testing.T) {
	d := newFixture(t)
	d.send(batch("CQC", "TDA"))
	d.send(batch("CQC", "TDA"))
	require.Len(t, d.entries(), 2)
}

func TestTheSameNoticeNumberOfAnotherCaseIsAnotherMail(t *testing.T) {
	d := newFixture(t)
	d.send(batch("CQC"))
	other := batch("CQC")
	other.Ref = "OTHER"
	d.send(other)
	es := d.entries()
	require.Len(t, es, 2)
	require.NotEqual(t, es[0].Notice, es[1].Notice)
}

func TestTwoContactsWithOneMailboxGetOneMail(t *testing.T) {
	d := newFixture(t)
	b := batch("MONITOR", "CQC")
	for _, p := range []regime.Party{"MONITOR", "CQC"} {
		b.Notices[0].To = append(b.Notices[0].To, ledger.Recipient{Party: p, Level: regime.LevelExecutive})
	}
	r := d.send(b)
	require.Len(t, r.Results, 4)
	for _, told := range r.Results {
		require.Equal(t, ledger.StateAccepted, told.State)
	}
	es := d.entries()
	require.Len(t, es, 3, "CQC's two contacts have two mailboxes")
	for _, e := range es {
		m, err := outbox.Read(d.outbox, e.Name)
		require.NoError(t, err)
		require.Equal(t, e.To.Email == "shared@monitor.example",
			strings.Contains(m.Text, "duty and executive contact"))
	}
}

func TestWhereNobodyIsListedTheCaseIsToldWhyWithoutAnAddress(t *testing.T) {
	d := newFixture(t)
	r := d.send(batch("GMC", "CQC"))
	require.Equal(t, ledger.SendResult{Notice: "n1", Party: "GMC", Level: "duty", State: ledger.StateNoContact,
		Note: "not in the directory"}, r.Results[0])
	require.Equal(t, ledger.StateAccepted, r.Results[1].State)
}

func TestAnotherContactAnswersForOneWhoIsAwayAndTheMailSaysWhy(t *testing.T) {
	d := newFixture(t)
	b := batch("CQC")
	b.Notices[0].To[0].Level = regime.LevelDeputy
	d.send(b)
	es := d.entries()
	require.Equal(t, "executive@cqc.example", es[0].To.Email)
	m, err := outbox.Read(d.outbox, es[0].Name)
	require.NoError(t, err)
	require.Contains(t, strings.ReplaceAll(m.Text, "\n", " "),
		"It goes to the executive contact instead: no deputy is listed.")
}

func TestANewAddressCountsFromTheNextMailOn(t *testing.T) {
	d := newFixture(t)
	a := d.attempt(nil)
	_, err := a.send(batch("TDA"))
	require.NoError(t, err)
	d.write(strings.ReplaceAll(contacts, "duty@tda.example", "new@tda.example"))
	second := batch("TDA")
	second.Notices[0].ID = "n2"
	second.Hows = nil
	_, err = a.send(second)
	require.NoError(t, err)
	var to []string
	for _, e := range d.entries() {
		to = append(to, e.To.Email)
	}
	require.ElementsMatch(t, []string{"duty@tda.example", "new@tda.example"}, to)
}

func TestWhatTheChannelAnswersIsWhatTheCaseIsTold(t *testing.T) {
	for _, row := range []struct {
		result mail.Result
		tries  int
		want   ledger.SendResult
	}{
		{mail.Result{Outcome: mail.Accepted, Detail: "file"}, 0, ledger.SendResult{State: ledger.StateAccepted}},
		{mail.Result{Outcome: mail.RefusedForGood, Detail: "too long"}, 0,
			ledger.SendResult{State: ledger.StateRefused, Note: "too long", About: ledger.MatterRecipient,
				Sign: "too long", Domain: 1}},
		{mail.Result{Outcome: mail.RefusedForGood, About: mail.AboutRecipient, Sign: "550 5.1.1", Detail: "550",
			Reason: "no such user"}, 0, ledger.SendResult{State: ledger.StateRefused, Note: "550", About: ledger.MatterRecipient,
			Sign: "550 5.1.1", Reason: "no such user", Domain: 1}},
		{mail.Result{Outcome: mail.RefusedForGood, About: mail.AboutContent, Detail: "554", Sign: "554 5.6.0"}, 0,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 30 * time.Second, Note: "554", About: ledger.MatterContent,
				Sign: "554 5.6.0", Domain: 1}},
		{mail.Result{Outcome: mail.RefusedForNow, About: mail.AboutRate, Detail: "429", RetryAfter: time.Hour}, 0,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: time.Hour, Note: "429", About: ledger.MatterRate, Domain: 1}},
		{mail.Result{Outcome: mail.RefusedForNow, Detail: "busy", RetryAfter: 7 * time.Second}, 3,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 7 * time.Second, Note: "busy"}},
		{mail.Result{Outcome: mail.RefusedForNow}, 0,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 30 * time.Second}},
		{mail.Result{Outcome: mail.RefusedForNow}, 3,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 4 * time.Minute}},
		{mail.Result{Outcome: mail.RefusedForNow}, 1 << 20,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 30 * time.Minute}},
		{mail.Result{Outcome: mail.RefusedForNow, About: mail.AboutMail}, 5, // tried often while none was taken
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 10 * time.Second, About: ledger.MatterMail, Domain: 1}},
		{mail.Result{Outcome: mail.Misconfigured, Detail: "key"}, 0,
			ledger.SendResult{State: ledger.StateWaiting, RetryAfter: 30 * time.Second, Note: "key", About: ledger.MatterSystem,
				Domain: 1}},
		{mail.Result{Outcome: mail.Unknown, Detail: "no answer"}, 0,
			ledger.SendResult{State: ledger.StateUnknown, RetryAfter: 10 * time.Minute, Note: "no answer"}},
	} {
		d := newFixture(t)
		d.channel = &script{answers: []mail.Result{row.result}}
		b := batch("CQC")
		b.Notices[0].To[0].Tries = row.tries
		want := row.want
		want.Notice, want.Party, want.Level = "n1", "CQC", "duty"
		want.Entry = want.State == ledger.StateAccepted || want.State == ledger.StateUnknown
		require.Equal(t, []ledger.SendResult{want}, d.send(b).Results)
	}
}

func TestOneMisconfiguredMailHoldsAllTheOthers(t *testing.T) {
	d := newFixture(t)
	channel := &script{answers: []mail.Result{{}, {Outcome: mail.Misconfigured, Detail: "key refused"}}}
	channel.answers[0].Outcome = mail.Accepted
	d.channel = channel
	r := d.send(batch("CQC", "MONITOR", "TDA", "PROVIDER/RXX"))
	require.Len(t, channel.sent, 2)
	var states []ledger.DeliveryState
	for _, told := range r.Results {
		states = append(states, told.State)
	}
	require.Equal(t, []ledger.DeliveryState{ledger.StateAccepted, ledger.StateWaiting, ledger.StateWaiting,
		ledger.StateWaiting}, states)
	require.Contains(t, d.log.String(), "level=ERROR")
}

func TestANoticeThatCannotBeWrittenIsHeldAndNobodyIsBlamed(t *testing.T) {
	d := newFixture(t)
	b := batch("CQC")
	b.Notices[0].Kind = "N99"
	r := d.send(b)
	require.Equal(t, ledger.StateWaiting, r.Results[0].State, "no contact is at fault")
	require.Equal(t, ledger.MatterContent, r.Results[0].About)
	require.Equal(t, "held, our own text is at fault: notice N99 has no template", r.Results[0].Note)
	require.Empty(t, d.entries())
}

func TestAMailWhoseContentIsAtFaultIsHeldAndNobodyIsBlamed(t *testing.T) {
	for _, spoil := range []func(*message.Batch){
		func(b *message.Batch) { b.Ref = strings.Repeat("X", 150) },
		func(b *message.Batch) { b.Hows[0].Says = strings.Repeat("x ", 200<<10) },
	} {
		d := newFixture(t)
		b := batch("CQC")
		spoil(&b)
		r := d.send(b)
		require.Equal(t, ledger.StateWaiting, r.Results[0].State)
		require.Contains(t, r.Results[0].Note, "held, our own text is at fault: ")
		require.NotZero(t, r.Results[0].RetryAfter)
		require.Empty(t, d.entries())
	}
	d := newFixture(t)
	d.channel = &script{answers: []mail.Result{{Outcome: mail.RefusedForGood, About: mail.AboutContent, Sign: mail.Unfit, Detail: "x"}}}
	require.Equal(t, ledger.StateWaiting, d.send(batch("CQC")).Results[0].State)
}

func TestAnotherAttemptGoesOnAfterTheLastMailThatWasNoted(t *testing.T) {
	d := newFixture(t)
	channel := &script{}
	d.channel = channel
	done := []ledger.SendResult{
		{Notice: "n1", Party: "CQC", Level: "duty", State: ledger.StateAccepted},
		{Notice: "n1", Party: "MONITOR", Level: "duty", State: ledger.StateUnknown, RetryAfter: time.Minute},
	}
	r, err := d.attempt(done).send(batch("CQC", "MONITOR", "TDA"))
	require.NoError(t, err)
	require.Len(t, channel.sent, 1)
	require.Equal(t, "duty@tda.example", channel.sent[0].To.Email)
	require.Equal(t, append(done, ledger.SendResult{Notice: "n1", Party: "TDA", Level: "duty",
		State: ledger.StateAccepted}), r.Results)
}

func TestAMailUnderWayWhenTheWorkerDiedGoesAgainUnderTheSameId(t *testing.T) {
	d := newFixture(t)
	whole := d.send(batch("CQC", "MONITOR", "TDA"))
	again, err := d.attempt(whole.Results[:1]).send(batch("CQC", "MONITOR", "TDA"))
	require.NoError(t, err)
	require.Equal(t, whole, again)
	require.Len(t, d.entries(), 3)
}

func TestAWorkerThatStopsLeavesTheRestToAnother(t *testing.T) {
	d := newFixture(t)
	stopping := make(chan struct{})
	channel := &script{each: func(n int) {
		if n == 2 {
			close(stopping)
		}
	}}
	d.channel = channel
	a := d.attempt(nil)
	a.env.SetWorkerStopChannel(stopping)
	_, err := a.send(batch("CQC", "MONITOR", "TDA"))
	require.ErrorContains(t, err, "the worker is stopping")
	require.Len(t, channel.sent, 2, "the mail in hand is finished, no other is begun")
	r, err := d.attempt(a.noted()).send(batch("CQC", "MONITOR", "TDA"))
	require.NoError(t, err)
	require.Len(t, r.Results, 3)
	require.Len(t, channel.sent, 3)
}

func TestACancelledCaseBeginsNoFurtherMail(t *testing.T) {
	d := newFixture(t)
	ctx, cancel := context.WithCancel(context.Background())
	channel := &script{answers: []mail.Result{{Outcome: mail.Accepted},
		{Outcome: mail.RefusedForNow, Detail: "context canceled"}}}
	channel.each = func(n int) {
		if n == 2 {
			cancel()
		}
	}
	d.channel = channel
	a := d.attempt(nil)
	a.env.SetWorkerOptions(worker.Options{BackgroundActivityContext: ctx})
	_, err := a.send(batch("CQC", "MONITOR", "TDA"))
	require.Error(t, err)
	require.Len(t, channel.sent, 2)
}

func TestNoProvidersNameAndNoAddressOfAnotherStandsInAMail(t *testing.T) {
	d := newFixture(t)
	b := batch("PROVIDER/RXX", "CQC")
	b.Names[0].Name = providerName
	d.send(b)
	require.Len(t, d.entries(), 2)
	for _, e := range d.entries() {
		raw, err := os.ReadFile(filepath.Join(d.outbox, e.Name))
		require.NoError(t, err)
		require.NotContains(t, string(raw), "QZXMARK")
		for _, other := range d.entries() {
			if other.To != e.To {
				require.NotContains(t, string(raw), other.To.Email)
			}
		}
	}
}

func TestTheLogHoldsNoAddressAndNoWordOfTheCase(t *testing.T) {
	d := newFixture(t)
	d.channel = &script{answers: []mail.Result{{Outcome: mail.Misconfigured, Detail: "key refused"}}}
	b := batch("CQC", "GMC")
	b.Notices = append(b.Notices, b.Notices[0])
	b.Notices[1].ID, b.Notices[1].Kind = "n2", "N99"
	d.send(b)
	require.NotEmpty(t, d.log.String())
	require.NotContains(t, d.log.String(), "@")
	require.NotContains(t, d.log.String(), "regulatory judgement")
}

func TestAMailWaitsForTheEndOfAMomentInWhichAnotherTriesWhetherTheServiceIsBack(t *testing.T) {
	d := newFixture(t)
	held := mail.Result{Outcome: mail.RefusedForNow, About: mail.AboutSystem, Detail: "held: 451", Untried: true}
	moment, outage := held, held
	moment.RetryAfter, outage.RetryAfter = 50*time.Millisecond, time.Minute
	d.channel = &script{answers: []mail.Result{moment, moment}}
	r := d.send(batch("CQC", "TDA"))
	require.Equal(t, ledger.StateAccepted, r.Results[0].State)
	require.Equal(t, ledger.StateAccepted, r.Results[1].State)
	waits := &script{answers: []mail.Result{outage}}
	d.channel = waits
	r = d.send(batch("CQC", "TDA"))
	require.Equal(t, ledger.StateWaiting, r.Results[1].State)
	require.Equal(t, time.Minute, r.Results[1].RetryAfter)
	require.Len(t, waits.sent, 1)
}

func TestAMailThatIsPutOffAloneWaitsHalfAsLongAsItHasBeen(t *testing.T) {
	for since, want := range map[time.Duration]time.Duration{5 * time.Second: 10 * time.Second, 10 * time.Minute: 5 * time.Minute,
		24 * time.Hour: 30 * time.Minute} {
		d := newFixture(t)
		d.channel = &script{answers: []mail.Result{{Outcome: mail.RefusedForNow, About: mail.AboutMail}}}
		b := batch("CQC")
		b.Notices[0].To[0].Refused = b.Now.Add(-since)
		require.Equal(t, want, d.send(b).Results[0].RetryAfter)
	}
}
