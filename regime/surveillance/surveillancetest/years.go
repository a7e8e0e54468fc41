package surveillancetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

const (
	providers = 200
	// pageOf is about how much stands on a page, in characters.
	pageOf = 3000
)

// Year is how a group stands at the end of one of its years, and what has come of it in all.
type Year struct {
	N     int
	Group *surveillance.Group // as the next run would be handed it
	Left  int                 // bytes of the parts of the register
	Parts int
	Acts  int
}

// members are the sixteen of the group.
var members = []regime.Party{"NHSCB/Q56", "CCG/07J", "CCG/07K", "CCG/06H", "CCG/06L", "CCG/06M", "CCG/06V", "CCG/06W",
	"LA_COMM/E10000020", "LA_COMM/E10000029", "MONITOR", "CQC", "LETB/Q56", "HEALTHWATCH_LOCAL/E10000020",
	"HEALTHWATCH_LOCAL/E10000029", "PHE/Q56"}

// opening is that of a group of 2013, which meets each month.
func opening() surveillance.Opening {
	o := surveillance.Opening{Profile: "ENGLAND_2013", Tier: regime.LocalTier, Area: "Q56", Region: "Y55", PlaceName: "East Anglia",
		Members: members, Minimum: members[:8]}
	o.Interval, _ = calendar.ParsePeriod("1mo")
	types := []regime.ProviderType{regime.FoundationTrust, regime.NHSTrust}
	for i := range providers {
		o.Watched = append(o.Watched, surveillance.Watched{Code: fmt.Sprintf("R%03d", i), Name: "Example provider " + strconv.Itoa(i),
			Type: types[i%2], District: []string{"Norfolk", "Suffolk", "Cambridgeshire"}[i%3]})
	}
	return o
}

// busy is a group at work.
type busy struct {
	*surveillance.Group
	now  time.Time
	acts int
	left [][]byte
	dice *rand.Rand
}

// Years plays a group of sixteen members and two hundred providers from April 2013 on: a meeting each month with a page
// from every member, four concerns a month that are settled, changes of levels, actions that are done.
func Years(years int, each func(Year)) (whole *surveillance.Group, err error) {
	b := &busy{now: time.Date(2013, 4, 2, 9, 0, 0, 0, time.UTC), dice: rand.New(rand.NewPCG(1, 2))}
	if b.Group, err = surveillance.Open(opening(), b.now); err != nil {
		return nil, err
	}
	begun := b.now
	for year := 1; year <= years; year++ {
		for b.now.Before(begun.AddDate(year, 0, 0)) {
			if err := b.month(); err != nil {
				return nil, fmt.Errorf("%s: %w", calendar.Day(b.now), err)
			}
		}
		y := Year{N: year, Group: b.Group, Acts: b.acts, Parts: len(b.left)}
		for _, part := range b.left {
			y.Left += len(part)
		}
		each(y)
	}
	return b.whole()
}

// month is all from one meeting to the next.
func (b *busy) month() error {
	next, ok := b.NextMeeting()
	if !ok {
		return errors.New("no meeting is to come")
	}
	if err := b.worries(next.N); err != nil {
		return err
	}
	if err := b.until(next.At.AddDate(0, 0, -2)); err != nil {
		return err
	}
	present := []regime.Party{}
	for _, m := range b.Members {
		if err := b.do(m.Party, &surveillance.SendPack{What: b.page()}); err != nil {
			return err
		}
		present = append(present, m.Party)
	}
	if err := b.until(next.At); err != nil {
		return err
	}
	err := b.do(b.Support(), &surveillance.HoldGroupMeeting{Present: present, Record: "The record of the meeting, in a few lines.",
		Considered: strings.Join(b.ToConsider(b.now), ",")})
	if err == nil {
		err = b.settle(next.N)
	}
	if err == nil {
		err = b.until(b.now.Add(time.Hour))
	}
	if err == nil {
		err = b.leave()
	}
	return err
}

// page is one that nobody has sent before.
func (b *busy) page() string {
	var out strings.Builder
	for out.Len() < pageOf {
		out.WriteString(vocabulary[b.dice.IntN(len(vocabulary))])
		if out.WriteByte(' '); b.dice.IntN(12) == 0 {
			fmt.Fprintf(&out, "(%d). ", b.dice.IntN(1000))
		}
	}
	return out.String()
}

// vocabulary is what pages are made of: words of the trade, so that they are as hard to make smaller as a text is.
var vocabulary = strings.Fields(`staffing waiting lists nights agency nurses rota ward theatre bed occupancy falls pressure ulcers
	mortality complaints families inspection action plan board governance finance deficit cover locum consultants trainees survey
	friends and family test discharge delays ambulance handover infection sepsis maternity stroke dementia safeguarding training
	appraisal sickness vacancy turnover incident never event review audit outlier standard breach target escalation assurance evidence
	improved worsened unchanged since last month against plan with of in at for the a to on by from over under no more than two three
	Norfolk Suffolk Ipswich Norwich community mental health primary care practice out-of-hours diagnostics imaging pathology pharmacy`)

// member is one of those that the group has by now, another each time.
func (b *busy) member(i int) regime.Party { return b.Members[i%len(b.Members)].Party }

// worries are four concerns about two providers, and an action.
func (b *busy) worries(meeting int) error {
	for i := range 4 {
		if err := b.until(b.now.Add(30 * time.Hour)); err != nil {
			return err
		}
		err := b.do(b.member(meeting+i), &surveillance.RaiseConcern{Provider: b.code(2*meeting + i/2), Kind: "staffing",
			What: "Vacancies on two wards have not been filled since the last meeting, and nights are covered by agencies"})
		if err != nil {
			return err
		}
	}
	owner := b.member(meeting)
	err := b.do(b.Support(), &surveillance.ProposeGroupAction{Owner: owner, Provider: b.code(2 * meeting), What: "Say when you look at the wards next",
		Due: b.now.AddDate(0, 0, 30)})
	if err != nil {
		return err
	}
	if a := b.Actions[len(b.Actions)-1]; a.Status == regime.ActionProposed {
		return b.do(owner, &surveillance.AcceptGroupAction{Action: a.ID})
	}
	return nil // whoever proposes to itself has accepted
}

func (b *busy) code(i int) string { return fmt.Sprintf("R%03d", i%providers) }

// settle has what was raised before this month put to rest, and two levels reviewed.
func (b *busy) settle(meeting int) error {
	for _, c := range append([]surveillance.Concern(nil), b.Concerns...) {
		if c.Settled.IsZero() && c.At.Before(b.now.AddDate(0, 0, -35)) {
			if err := b.do(c.By.For, &surveillance.WithdrawConcern{Concern: c.ID, Reason: "the posts were filled"}); err != nil {
				return err
			}
		}
	}
	for _, a := range append([]surveillance.Action(nil), b.Actions...) {
		if a.Status == regime.ActionAccepted && a.Due.Before(b.now.AddDate(0, 0, 10)) {
			if err := b.do(a.Owner, &surveillance.CompleteGroupAction{Action: a.ID, Evidence: "the visit of this month"}); err != nil {
				return err
			}
		}
	}
	for _, w := range append([]surveillance.Watched(nil), b.Watched...) {
		if d := b.Duty(surveillance.DutyLevelReview, w.Code); d != nil && d.Due.Before(b.now.AddDate(0, 0, 25)) {
			if err := b.do(b.Support(), &surveillance.AgreeLevel{Provider: w.Code, Level: "routine", Reason: "reviewed", Evidence: "the rotas of three months"}); err != nil {
				return err
			}
		}
	}
	return b.do(b.Support(), &surveillance.AgreeLevel{Provider: b.code(2 * meeting), Level: "enhanced", Reason: "two bodies see the same",
		Agreed: []regime.Party{b.member(1), b.member(2)}, Review: b.now.AddDate(0, 3, 0)})
}

func (b *busy) do(by regime.Party, act surveillance.Act) error {
	b.acts++
	key := fmt.Sprintf("%08x-act-%d", b.acts*2654435761, b.acts)
	_, err := b.Perform(ledger.Request{Sure: true, Again: true, Key: key, Fingerprint: "print-" + key,
		By: ledger.Actor{For: by, Person: "an officer", Channel: "command line"}}, act, b.now)
	if err != nil {
		return fmt.Errorf("%T by %s: %w", act, by, err)
	}
	return b.send()
}

// send has all mails of the moment taken.
func (b *busy) send() error {
	for range 1000 {
		notices := b.ToSend(b.now)
		if len(notices) == 0 {
			return nil
		}
		var results []ledger.SendResult
		for _, n := range notices {
			for _, to := range n.To {
				results = append(results, ledger.SendResult{Notice: n.ID, Party: to.Party, Level: to.Level, Round: to.Round, State: ledger.StateAccepted})
			}
		}
		b.RecordSent(results, b.now)
	}
	return errors.New("mails never come to an end")
}

// until lets time pass, with all that falls due.
func (b *busy) until(t time.Time) error {
	for range 100_000 {
		next, due := b.NextDue()
		retry := b.NextRetry()
		at := t
		if due && next.At.Before(at) {
			at = next.At
		}
		if !retry.IsZero() && retry.Before(at) {
			at = retry
		}
		b.now = calendar.Latest(b.now, at)
		b.Tick(b.now)
		if err := b.send(); err != nil {
			return err
		}
		for { // reports and news are handed over at once
			r, ok := b.UnsentReport()
			if !ok {
				break
			}
			b.ReportHanded(r.N, b.now)
		}
		for {
			place, shares, ok := b.UnsentShares()
			if !ok {
				break
			}
			b.SharesHanded(place, shares)
		}
		if at.Equal(t) {
			return nil
		}
	}
	return errors.New("the clock never comes to rest")
}

// leave has what is over leave, as after each meeting.
func (b *busy) leave() error {
	for {
		o := b.Over(b.now)
		if o.Empty() {
			return nil
		}
		raw, err := json.Marshal(o)
		if err != nil {
			return err
		}
		b.left = append(b.left, raw)
		b.LetGo(o, fmt.Sprintf("%064x", len(b.left)), b.now)
		if !o.Full() {
			return nil
		}
	}
}

// whole is the group with all that has left it.
func (b *busy) whole() (*surveillance.Group, error) {
	var parts []surveillance.Over
	for _, raw := range b.left {
		var o surveillance.Over
		if err := json.Unmarshal(raw, &o); err != nil {
			return nil, err
		}
		parts = append(parts, o)
	}
	return b.Whole(parts), nil
}
