package activities_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/activities/mail/outbox"
	"holdthering/message"
	"holdthering/notices"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// providerName stands in the directory alone; no mail may show it.
const providerName = "QZXMARK Hospital"

const contacts = `party,name,duty,lead,deputy,executive,absent_from,absent_to,calendar,note
CQC,Care Quality Commission,duty@cqc.example,lead@cqc.example,,executive@cqc.example,,,yes,
MONITOR,Monitor,shared@monitor.example,,,shared@monitor.example,,,no,
TDA,NHS TDA,duty@tda.example,,,,,,no,
PROVIDER/RXX,` + providerName + `,duty@trust.example,,,,,,no,
`

// fixture is a worker's place: an outbox, a directory file, records, and what is logged.
type fixture struct {
	t       *testing.T
	outbox  string
	file    string
	records string
	channel activities.Channel
	confirm activities.Confirmation
	links   *link.Issuer
	reach   notices.Secretariat
	log     bytes.Buffer
}

func newFixture(t *testing.T) *fixture {
	dir := t.TempDir()
	d := &fixture{t: t, outbox: filepath.Join(dir, "outbox"), file: filepath.Join(dir, "directory.csv"),
		records: filepath.Join(dir, "records")}
	d.write(contacts)
	o, err := outbox.New(d.outbox)
	require.NoError(t, err)
	d.channel = withLetterhead(o)
	return d
}

func withLetterhead(o *outbox.Outbox) activities.Channel {
	return mail.Letterhead{Channel: o, From: mail.Address{Email: "ring@qsg.example"},
		ReplyTo: mail.Address{Email: "office@qsg.example"}}
}

func (d *fixture) write(text string) { require.NoError(d.t, os.WriteFile(d.file, []byte(text), 0o600)) }

func (d *fixture) activities() *activities.Activities {
	book, err := directory.Open(d.file)
	require.NoError(d.t, err)
	return &activities.Activities{Channel: d.channel, Directory: book, Records: d.records, Confirm: d.confirm,
		Links: d.links, Secretariat: d.reach}
}

// attempt is one try of an activity: what it goes on from, and what it has noted at its end.
type attempt struct {
	env   *testsuite.TestActivityEnvironment
	mu    sync.Mutex
	notes []ledger.SendResult
}

func (a *attempt) noted() []ledger.SendResult {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.notes
}

// attempt goes on from what an earlier one has noted, if any.
func (d *fixture) attempt(from any) *attempt {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.NewTextHandler(&d.log, nil))))
	a := &attempt{env: suite.NewTestActivityEnvironment()}
	if from != nil {
		a.env.SetHeartbeatDetails(from)
	}
	a.env.SetOnActivityHeartbeatListener(func(_ *activity.Info, details converter.EncodedValues) {
		var notes []ledger.SendResult
		require.NoError(d.t, details.Get(&notes))
		a.mu.Lock()
		defer a.mu.Unlock()
		if len(notes) > len(a.notes) {
			a.notes = notes
		}
	})
	d.activities().Register(a.env)
	return a
}

func (a *attempt) send(b message.Batch) (message.Report, error) {
	value, err := a.env.ExecuteActivity(message.ActivitySendNotices, b)
	if err != nil {
		return message.Report{}, err
	}
	var r message.Report
	return r, value.Get(&r)
}

func (d *fixture) send(b message.Batch) message.Report {
	d.t.Helper()
	r, err := d.attempt(nil).send(b)
	require.NoError(d.t, err)
	return r
}

func (d *fixture) entries() []outbox.Entry {
	d.t.Helper()
	es, err := outbox.List(d.outbox)
	require.NoError(d.t, err)
	return es
}

var arose = time.Date(2013, 9, 10, 15, 10, 0, 0, time.UTC)

// batch is one notice to the duty contacts of the parties.
func batch(parties ...regime.Party) message.Batch {
	n := ledger.Notice{ID: "n1", Kind: "N11", At: arose, By: arose.Add(24 * time.Hour), Duty: "D1",
		Text: "CQC is to give its regulatory judgement"}
	b := message.Batch{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Now: arose,
		Hows: []message.How{{Notice: "n1", Ask: ledger.Ask{Of: []regime.Party{"CQC"}, How: "judgement regulatory",
			Says: "give your regulatory judgement"}}},
		Dates: []message.Date{{Notice: "n1", CalendarEntry: ledger.CalendarEntry{Owner: "CQC",
			Says: "give its regulatory judgement"}}}}
	for _, p := range parties {
		n.To = append(n.To, ledger.Recipient{Party: p, Level: regime.LevelDuty})
		b.Names = append(b.Names, regime.UnitName{Party: p, Name: string(p)})
	}
	b.Notices = []ledger.Notice{n}
	return b
}

// script is a channel that answers as it is told, and then with accepted.
type script struct {
	answers []mail.Result
	sent    []mail.Message
	each    func(n int) // called at the n-th mail, from 1
}

func (s *script) Name() string { return "script" }

func (s *script) Send(_ context.Context, m mail.Message) mail.Result {
	s.sent = append(s.sent, m)
	if s.each != nil {
		s.each(len(s.sent))
	}
	if n := len(s.sent); n <= len(s.answers) {
		return s.answers[n-1]
	}
	return mail.Result{Outcome: mail.Accepted}
}
