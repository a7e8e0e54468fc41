package record

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func TestTheRecordShowsHowFarEachMailCame(t *testing.T) {
	c, now := toldCase(t)
	lines := MailLines(c)
	first, second := lines[0], lines[1]
	if first.Stands != "bounced; the mail bounced" || first.Sent.IsZero() || !first.Failed.After(first.Accepted) {
		t.Errorf("%+v", first)
	}
	if second.Stands != "delivered" || !second.Delivered.After(second.Asked) || !second.Answered.IsZero() {
		t.Errorf("%+v", second)
	}
	next := lines[len(c.Notices[0].To)-1]
	if next.Instead != regime.LevelDuty || next.Level != regime.LevelLead || next.Stands != "not sent yet" {
		t.Errorf("%+v", next)
	}
	text := Markdown(c, now, Notices)
	for _, want := range []string{"bounced; the mail bounced", "lead contact in place of the duty contact", "| Delivered |"} {
		if !strings.Contains(text, want) {
			t.Errorf("the record lacks %q", want)
		}
	}
}

func TestTheJSONOfARecordHasTheMailsWaysWhenAskedFor(t *testing.T) {
	c, now := toldCase(t)
	for _, parts := range [][]Part{nil, {Notices}} {
		raw, err := JSON(c, now, parts...)
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Notices []Line `json:"notices"`
		}
		if err := json.Unmarshal(raw, &got); err != nil || (len(got.Notices) > 0) != (len(parts) > 0) {
			t.Errorf("%v: %d lines, %v", parts, len(got.Notices), err)
		}
	}
}

// toldCase is a case whose first mail bounced and whose second was delivered.
func toldCase(t *testing.T) (*failure.Case, time.Time) {
	t.Helper()
	now := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
	c, err := failure.Open(failure.Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
		Provider: regime.Provider{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust, LeadCCG: "07J",
			AreaTeam: "Q56", Region: "Y55"},
		Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "MONITOR", "CQC"}}, now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Perform(ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer"}},
		&failure.TriggerRiskSummit{Concern: "x", Source: "media"}, now)
	if err != nil {
		t.Fatal(err)
	}
	n := c.Notices[0]
	for i, r := range n.To[:2] {
		c.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateAccepted,
			RetryAfter: time.Hour, AwaitsEvents: true}}, now.Add(time.Minute))
		state := []ledger.DeliveryState{ledger.StateBounced, ledger.StateDelivered}[i]
		c.RecordDeliveryEvents([]ledger.MailEvent{{Mail: ledger.MailID(c.Ref, n.ID, r), State: state, At: now.Add(time.Hour)}},
			now.Add(2*time.Hour))
	}
	return c, now.Add(2 * time.Hour)
}
