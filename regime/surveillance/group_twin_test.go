package surveillance

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

// twinGroup is a random group in which much is told in confidence. Instead says who told a concern the
// second time.
type twinGroup struct {
	*randomGroup
	instead map[string]regime.Party
}

// Tells reports whether the body told a concern in confidence, the one time or the other: it alone may
// withdraw it, or keep it open, so that it learns from the answer what it knows.
func (w twinGroup) Tells(by regime.Party, act any) bool {
	a, ok := act.(aboutOwnConcern)
	if !ok {
		return false
	}
	c, by := w.concern(a.concernID()), w.ResolveUnit(by)
	return c != nil && c.Confidential && (w.raised(c, by) || w.instead[c.ID] == by)
}

func (w twinGroup) Do(r ledger.Request, act any, now time.Time) (ledger.Receipt, error) {
	return w.Perform(r, act.(Act), now)
}

func (w twinGroup) Would(r ledger.Request, act any, now time.Time) error {
	return w.Check(r, act.(Act), now)
}

func (w twinGroup) Raw() string { return regimetest.AsText(w.Group) }

func (w twinGroup) Trials(d *ledgertest.Dice) (regime.Party, any) {
	switch d.Pick(5) {
	case 0:
		return d.Anybody(), &AcknowledgeGroupAlert{}
	case 1:
		return d.Likely(), resends(w.Group, d)
	}
	if d.Pick(3) == 0 && len(w.Confided) > 0 {
		return w.probe(d)
	}
	vs := Verbs()
	return d.Likely(), d.Act(vs[d.Pick(len(vs))].New())
}

// probe tries what only who told a concern may do, as one of those that may have told it, in ways that may be refused.
func (w twinGroup) probe(d *ledgertest.Dice) (regime.Party, any) {
	s := w.Confided[d.Pick(len(w.Confided))]
	by := s.By.For
	if d.Pick(2) == 0 {
		by = w.instead[s.Concern]
	}
	if d.Pick(2) == 0 {
		return by, &KeepConcernOpen{Concern: s.Concern, Reason: "words"}
	}
	return by, &WithdrawConcern{Concern: s.Concern, Reason: "words",
		At: d.Now.Add(time.Duration(d.Pick(2000)-1600) * 24 * time.Hour).Truncate(time.Minute)}
}

func (w twinGroup) Explained(now time.Time) map[string]string {
	out := map[string]string{"what is due": regimetest.AsText(w.Timetable(now, now.AddDate(0, 1, 0)))}
	p := w.Public()
	ledgertest.Explain(out, p.Explained(), p.Why)
	return out
}

func (w twinGroup) Shown(now time.Time) map[string]string {
	out := map[string]string{"the public group": regimetest.AsText(w.Public()), "the board": w.Board(now),
		"the agenda": w.AgendaMarkdown(now), "the outcome log": w.OutcomeLog().CSV(),
		"the action log": w.ActionLog(now).CSV(), "the report": w.RegionalReport(w.ReportNow(now)).CSV(),
		"how it stands": regimetest.AsText([]any{w.Standing(now), w.Headline(now), w.Worries(), w.ToConsider(now)})}
	for name, text := range w.heard(now) {
		out[name] = text
	}
	return out
}

// heard is what travels to other groups, and what one of them makes of it.
func (w twinGroup) heard(now time.Time) map[string]string {
	place, shares, ok := w.UnsentShares()
	if !ok {
		return nil
	}
	o := inRegion()
	if w.Profile != o.Profile {
		o = in2022(o)
	}
	if o.Region == w.Place() {
		o.Region = "Y54"
	}
	other, err := Open(o, w.Opened)
	ledgertest.Must(err == nil, "another group opens", err)
	news := carriedBy(w.Group, shares)
	news.Region = other.Region // it takes note of every provider
	_, err = other.Perform(ledgertest.Request("share", w.support(), "a group", news), news, now)
	ledgertest.Must(err == nil, "another group takes the news", err)
	return map[string]string{"what travels": place + regimetest.AsText(news), "the other group": regimetest.AsText(other.Public()),
		"the other's agenda": other.AgendaMarkdown(now), "the other's board": other.Board(now)}
}

// resends has a mail sent again, or all.
func resends(g *Group, d *ledgertest.Dice) *ResendGroupMail {
	a := &ResendGroupMail{Notice: "all"}
	if n := len(g.Notices); n > 0 && d.Pick(2) == 0 {
		a.Notice = g.Notices[d.Pick(n)].ID
	}
	return a
}

// passedOn is the body that speaks in another's stead: the next that the profile knows.
func (w twinGroup) passedOn(p regime.Party) regime.Party {
	var all []regime.Party
	for _, q := range ledgertest.Everybody {
		if q = w.ResolveUnit(q); w.profile().Knows(q.Body()) && q.Body() != regime.ProviderBody && w.clear(q, &AddGroupNote{}) == nil && w.Today(q) == q &&
			!slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	if i := slices.Index(all, w.ResolveUnit(p)); i >= 0 && w.Today(w.ResolveUnit(p)) == w.ResolveUnit(p) {
		return all[(i+1)%len(all)]
	}
	return p
}

// restsOrNot is a concern set aside at a meeting, kept open, withdrawn, or a meeting for it; often by who told it
// in confidence.
func (w twinGroup) restsOrNot(d *ledgertest.Dice) (regime.Party, any) {
	if len(w.Concerns) == 0 || d.Pick(4) == 0 {
		return w.support(), &HoldGroupMeeting{Present: w.parties(nil), Record: "words", Early: "words"}
	}
	c := w.Concerns[d.Pick(len(w.Concerns))]
	by := c.By.For
	if c.Confidential {
		by = w.Behind(regime.PartyOf(unnamed, c.ID))
	}
	switch d.Pick(4) {
	case 0:
		return by, &WithdrawConcern{Concern: c.ID, Reason: "words"}
	case 1:
		return by, &KeepConcernOpen{Concern: c.ID, Reason: "words"}
	}
	return w.support(), &SetConcernsAside{Concerns: c.ID, Reason: "words"}
}

var twinGroups = ledgertest.Twinned{Kind: "groups", Person: "another person with a longer name",
	World: func(d *ledgertest.Dice) (ledgertest.Twin, time.Time) {
		w, start := randomGroups.World(d)
		return twinGroup{w.(*randomGroup), map[string]regime.Party{}}, start
	},
	Next: func(t ledgertest.Twin, d *ledgertest.Dice) (regime.Party, any) {
		switch d.Pick(6) {
		case 0:
			return d.Likely(), resends(t.(twinGroup).Group, d)
		case 1, 2:
			return t.Next(d)
		case 3:
			return t.(twinGroup).restsOrNot(d)
		}
		a := d.Act(new(RaiseConcern)).(*RaiseConcern)
		a.Confidential = true
		return d.Likely(), a
	},
	Other: func(t ledgertest.Twin, by regime.Party, act any) (regime.Party, any, bool) {
		w := t.(twinGroup)
		if a, ok := act.(aboutOwnConcern); ok && w.Tells(by, act) {
			c := w.concern(a.concernID())
			if w.raised(c, w.ResolveUnit(by)) {
				return w.instead[c.ID], act, true
			}
			return w.Behind(regime.PartyOf(unnamed, c.ID)), act, false
		}
		a, ok := act.(*RaiseConcern)
		if !ok || !a.Confidential {
			return by, act, false
		}
		kinds := regime.SourceKind("").Choices()
		a.Source = regime.SourceKind(kinds[(slices.Index(kinds, string(a.Source))+1)%len(kinds)])
		other := w.passedOn(by)
		w.instead[w.nextConcern()] = w.ResolveUnit(other)
		return other, a, true
	},
	Opens: func(ledgertest.Twin, any) bool { return false },
}

func TestR14_NobodyCanTellWhoToldAGroupInConfidence(t *testing.T) { twinGroups.TryAll(t, 200) }

func TestR14_WhoTellsOfARiskInConfidenceIsAlertedAndChasedLikeEverybodyElse(t *testing.T) {
	urgent := &RaiseConcern{Provider: "RCX", What: "nights", Source: "whistleblower", Urgent: true,
		Confidential: true}
	s := group(t, "2013-04-02 09:00").by("CCG/07K", urgent)
	if got := s.g.Public().Alerts[0].Acknowledged; len(got) != 0 {
		t.Errorf("telling is taken for an acknowledgement: %v", got)
	}
	s.by("CCG/07K", &AcknowledgeGroupAlert{})
	if got := s.g.Public().Alerts[0].Acknowledged; len(got) != 1 || got[0] != "CCG/07K" {
		t.Errorf("an open acknowledgement is not taken: %v", got)
	}
	older := group(t, "2013-04-02 09:00").by("CQC", urgent).by("CCG/07K", &RaiseConcern{Provider: "RGP", What: "x",
		Confidential: true})
	if got := older.g.Alerts[0].Acknowledged; len(got) != 0 {
		t.Errorf("an older alert is acknowledged: %v", got)
	}
}

// TestR14_NoGuessFindsWhoSpoke tries every body, person and source against whatever the public
// group holds that could be a digest.
func TestR14_NoGuessFindsWhoSpoke(t *testing.T) {
	s := group(t, "2013-04-02 09:00")
	act := RaiseConcern{Provider: "RCX", What: "nights", Source: "whistleblower", Confidential: true}
	receipt, err := s.g.Perform(ledgertest.Request("k1", "LETB/Q56", "an officer", &act), &act, s.now)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(s.g.Public())
	open := string(raw) + regimetest.AsText(receipt) + s.g.Board(s.now)
	guesses := 0
	for _, by := range append(s.g.parties(nil), ledgertest.Everybody...) {
		for _, source := range append(regime.SourceKind("").Choices(), "") {
			guess := act
			guess.Source = regime.SourceKind(source)
			guesses++
			if strings.Contains(open, regimetest.DigestOf(by, &guess)) {
				t.Errorf("after %d guesses: %s, %s", guesses, by, source)
			}
		}
	}
	for _, word := range strings.FieldsFunc(open, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) {
		if len(word) >= 16 {
			t.Errorf("%q could be a digest of something", word)
		}
	}
	again, err := s.g.Perform(ledgertest.Request("k2", "LETB/Q56", "an officer", &act), &act, s.now)
	if err != nil || !again.Repeated || again.Entry.By.Person != "" || again.Entry.By.For.Body() != unnamed {
		t.Errorf("typed twice: %+v, %v", again, err)
	}
}
