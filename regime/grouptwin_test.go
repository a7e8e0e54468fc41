package regime

// Groups only.

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// twinGroup is a random group in which much is told in confidence.
type twinGroup struct{ *randomGroup }

func (w twinGroup) do(r Request, act any, now time.Time) (Receipt, error) {
	return w.Perform(r, act.(GroupAct), now)
}

func (w twinGroup) would(r Request, act any, now time.Time) error {
	return w.Check(r, act.(GroupAct), now)
}

func (w twinGroup) raw() string { return asText(w.Group) }

func (w twinGroup) trials(d *dice) (Party, any) {
	if d.pick(3) == 0 {
		return d.anybody(), &AcknowledgeGroupAlert{}
	}
	vs := GroupVerbs()
	return d.likely(), d.act(vs[d.pick(len(vs))].New())
}

func (w twinGroup) explained(now time.Time) map[string]string {
	out := map[string]string{"what is due": asText(w.Timetable(now, now.AddDate(0, 1, 0)))}
	p := w.Public()
	explain(out, p.Explained(), p.Why)
	return out
}

func (w twinGroup) shown(now time.Time) map[string]string {
	out := map[string]string{"the public group": asText(w.Public()), "the board": w.Board(now),
		"the agenda": w.AgendaMarkdown(now), "the outcome log": w.OutcomeLog().CSV(),
		"the action log": w.ActionLog(now).CSV(), "the report": w.RegionalReport(w.ReportNow(now)).CSV(),
		"how it stands": asText([]any{w.Standing(now), w.Headline(now), w.Worries(), w.ToConsider(now)})}
	return out
}

// passedOn is the body that speaks in another's stead: the next that the profile knows.
func (w twinGroup) passedOn(p Party) Party {
	var all []Party
	for _, q := range everybody {
		if q = w.Complete(q); w.profile().Knows(q.Body()) && q.Body() != ProviderBody && w.clear(q, &AddGroupNote{}) == nil &&
			!slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	if i := slices.Index(all, w.Complete(p)); i >= 0 {
		return all[(i+1)%len(all)]
	}
	return p
}

var twinGroups = twinned{kind: "groups", person: "another person with a longer name",
	world: func(d *dice) (twin, time.Time) {
		w, start := randomGroups.world(d)
		return twinGroup{w.(*randomGroup)}, start
	},
	next: func(t twin, d *dice) (Party, any) {
		if d.pick(3) > 0 {
			return t.next(d)
		}
		a := d.act(new(RaiseConcern)).(*RaiseConcern)
		a.Confidential = true
		return d.likely(), a
	},
	other: func(t twin, by Party, act any) (Party, any, bool) {
		a, ok := act.(*RaiseConcern)
		if !ok || !a.Confidential {
			return by, act, false
		}
		kinds := SourceKind("").Choices()
		a.Source = SourceKind(kinds[(slices.Index(kinds, string(a.Source))+1)%len(kinds)])
		return t.(twinGroup).passedOn(by), a, true
	},
	opens: func(twin, any) bool { return false },
}

func TestR14_NobodyCanTellWhoToldAGroupInConfidence(t *testing.T) { twinGroups.tryAll(t, 200) }

func TestR14_WhoTellsOfARiskInConfidenceIsAlertedAndChasedLikeEverybodyElse(t *testing.T) {
	urgent := &RaiseConcern{Provider: "RCX", What: "nights", Source: "whistleblower", Urgent: true, Confidential: true}
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
	receipt, err := s.g.Perform(request("k1", "LETB/Q56", "an officer", &act), &act, s.now)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(s.g.Public())
	open := string(raw) + asText(receipt) + s.g.Board(s.now)
	guesses := 0
	for _, by := range append(s.g.parties(nil), everybody...) {
		for _, source := range append(SourceKind("").Choices(), "") {
			guess := act
			guess.Source = SourceKind(source)
			guesses++
			if strings.Contains(open, digestOf(by, &guess)) {
				t.Errorf("after %d guesses: %s, %s", guesses, by, source)
			}
		}
	}
	for _, word := range strings.FieldsFunc(open, func(r rune) bool { return !strings.ContainsRune("0123456789abcdef", r) }) {
		if len(word) >= 16 {
			t.Errorf("%q could be a digest of something", word)
		}
	}
	again, err := s.g.Perform(request("k2", "LETB/Q56", "an officer", &act), &act, s.now)
	if err != nil || !again.Repeated || again.Entry.By.Person != "" || again.Entry.By.For.Body() != unnamed {
		t.Errorf("typed twice: %+v, %v", again, err)
	}
}
