package notices

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// Preview is Library.Preview with the shipped templates, for one who answers on a page.
func Preview(k regime.NoticeKind) (Mail, error) { return Shipped().Preview(k, OnPage) }

// Preview writes a sample of a kind of notice: as the body that is asked gets it where
// something can be owed, else as one that is told. Case, body and time are invented.
// As is how the reader answers.
func (l *Library) Preview(k regime.NoticeKind, as Way) (Mail, error) {
	b, n, err := sample(k)
	if err != nil {
		return Mail{}, err
	}
	return l.Render(b, n, Reader(as, sampleParty, regime.LevelDuty))
}

// Way is how a reader answers.
type Way string

// The ways: on a page; by the program's commands, beside the page; through the secretariat, where there are
// no pages.
const (
	OnPage      Way = "page"
	ByProgram   Way = "program"
	Secretarial Way = "secretariat"
)

// Choices lists the ways.
func (Way) Choices() []string {
	return []string{string(OnPage), string(ByProgram), string(Secretarial)}
}

// Reader is one who answers in that way, for a sample: the link opens nothing.
func Reader(as Way, p regime.Party, level regime.Level) Recipient {
	r := Recipient{Party: p, Levels: []regime.Level{level}, Program: as == ByProgram, Secretariat: Secretariat{
		Name: "Regional team", Telephone: "01223 555 0100", Mailbox: "secretariat@england.example"}}
	if as != Secretarial {
		r.Link = func(ledger.Notice, regime.Level) string { return sampleLink }
	}
	return r
}

// PreviewUnder is Preview in the words of a profile.
func (l *Library) PreviewUnder(p *regime.Profile, k regime.NoticeKind, as Way) (Mail, error) {
	b, n, ok := sampleUnder(p, k)
	if !ok {
		return Mail{}, fmt.Errorf("%q is no kind of notice of %s", k, p.Name)
	}
	return l.Render(b, n, Reader(as, sampleParty, regime.LevelDuty))
}

// PreviewGathered writes a sample of the mail that gathers what is not urgent.
func (l *Library) PreviewGathered() (Mail, error) {
	var parts []Part
	var all message.Batch
	for _, k := range []regime.NoticeKind{regime.NoticeResponseMeeting, regime.NoticeMonthlyProgress} {
		b, n, err := sample(k)
		if err != nil {
			return Mail{}, err
		}
		n.ID = string(k)
		all.Ref, all.Profile, all.Now, all.Names = b.Ref, b.Profile, b.Now, b.Names
		all.Hows = append(all.Hows, message.How{Notice: n.ID, Ask: b.Hows[0].Ask})
		parts = append(parts, Part{n, []regime.Level{regime.LevelDuty}})
	}
	return l.Gather(all, parts, Reader(OnPage, sampleParty, regime.LevelDuty))
}

const (
	sampleParty = regime.Party("BODY") // of no profile: a sample is for all of them
	sampleName  = "Your body"
)

// sampleTime is a day in winter, when UK time is GMT.
var sampleTime = time.Date(2014, 1, 15, 14, 30, 0, 0, time.UTC)

// sample is a batch of one notice under the first profile that has the kind.
func sample(k regime.NoticeKind) (message.Batch, ledger.Notice, error) {
	for _, p := range regime.Profiles() {
		if b, n, ok := sampleUnder(p, k); ok {
			return b, n, nil
		}
	}
	return message.Batch{}, ledger.Notice{}, fmt.Errorf("%q is no kind of notice in any profile", k)
}

func sampleUnder(p *regime.Profile, k regime.NoticeKind) (b message.Batch, n ledger.Notice, ok bool) {
	row, ok := p.Notice(k)
	if !ok {
		return b, n, false
	}
	n = ledger.Notice{ID: "n1", Kind: k, At: sampleTime, Text: row.Subject}
	b = message.Batch{Ref: "HTR-SAMPLE", Profile: p.Name, Now: sampleTime,
		Names: []regime.UnitName{{Party: sampleParty, Name: sampleName}}}
	of := []regime.Party{sampleParty}
	if row.Acknowledge != nil {
		n.By = sampleTime.Add(2 * time.Hour)
		says := "acknowledge this alert"
		if k == regime.NoticeRingHolder {
			says = "acknowledge that your body holds the ring"
		}
		b.Hows = []message.How{{Notice: n.ID, Ask: ledger.Ask{Of: of, Says: says, How: "acknowledge"}}}
	} else if d, ok := dutyOf(p, k); ok {
		n.Duty, n.By = "D1", sampleTime.Add(48*time.Hour)
		n.Text = sampleName + " is to " + strings.ReplaceAll(d.Says, "{}", "1")
		says := strings.ReplaceAll(cmp.Or(d.Asks, d.Says), "{}", "1")
		b.Hows = []message.How{{Notice: n.ID, Ask: ledger.Ask{Of: of, Says: says, How: d.How}}}
		if strings.HasPrefix(d.How, "group ") {
			b.Ref = groupPrefix + "SAMPLE"
		}
	}
	switch k {
	case regime.NoticeAnswerInvitation:
		b.Hows[0].Ask = ledger.Ask{Of: of, Says: "say whether your body will come to the " + p.Labels.Summit,
			How: "summit reply, summit pack"}
	case regime.NoticeUnreached:
		b.Hows[0].How += " " + string(sampleParty) + ":duty"
		b.Hows[0].Said = "5.1.1 no such user"
		b.Hows[0].Contacts = []string{"Jo Bloggs (lead contact)", "no name is listed (executive contact)"}
	case regime.NoticeDigest:
		n.By = sampleTime
		b.Hows = []message.How{{Notice: n.ID, Ask: ledger.Ask{Of: of, Says: "do the one thing on the list below"}}}
		n.Items = []string{"overdue: give the provider written feedback, by " + calendar.Instant(sampleTime),
			"new in the last week, and not mailed before: 'meeting record', 'action done'"}
	}
	b.Notices = []ledger.Notice{n}
	return b, n, true
}

// dutyOf is the first duty that notices of the kind remind of.
func dutyOf(p *regime.Profile, k regime.NoticeKind) (regime.DutyRow, bool) {
	for _, d := range p.Duties {
		for _, r := range d.Ladder {
			if r.Notice == k {
				return d, true
			}
		}
	}
	return regime.DutyRow{}, false
}
