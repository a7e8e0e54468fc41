package reference

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

func TestEveryAreaAndEveryRegionOpensItsGroup(t *testing.T) {
	r := loaded(t)
	places := r.GroupPlaces()
	if len(places) != 25+4 {
		t.Fatalf("%d groups", len(places))
	}
	locally, regionally := 0, 0
	for _, p := range places {
		o, err := r.GroupOpening(regime.FirstProfile(), p)
		if err != nil {
			t.Fatal(err)
		}
		g, err := surveillance.Open(o, time.Date(2013, 4, 1, 8, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if gaps := g.MembershipGaps(); len(gaps) != 0 || g.Place() != p {
			t.Errorf("%s opens incomplete: %v", p, gaps)
		}
		if g.Tier == regime.LocalTier {
			locally += len(g.Watched)
		} else {
			regionally += len(g.Watched)
		}
		for _, m := range g.Members {
			if m.Party.Unit() != "" && strings.Contains(strings.TrimSuffix(g.Name(m.Party), "(whole area)"), "(") &&
				m.Party.Body() != regime.CCG {
				t.Errorf("%s has no name in %s", m.Party, p)
			}
		}
	}
	if n := len(r.Providers()); locally != n || regionally != n {
		t.Errorf("%d trusts are watched locally and %d regionally, of %d", locally, regionally, n)
	}
}

func TestTheEastAngliaGroupKnowsItsProvidersByCounty(t *testing.T) {
	o, err := loaded(t).GroupOpening(regime.FirstProfile(), "q56")
	if err != nil || o.PlaceName != "East Anglia" || o.Region != "Y55" || len(o.Watched) != 14 {
		t.Fatalf("%+v %v", o, err)
	}
	i := slices.IndexFunc(o.Watched, func(w surveillance.Watched) bool { return w.Code == "RCX" })
	if i < 0 || o.Watched[i].District != "Norfolk" {
		t.Fatalf("%+v", o.Watched)
	}
	if i := slices.IndexFunc(o.Units, func(u regime.UnitName) bool { return u.Party == "NHSCB/Q56" }); i < 0 ||
		o.Units[i].Name != "NHS England East Anglia area team" {
		t.Fatalf("%+v", o.Units)
	}
}

func TestThereIsNoGroupOfAPlaceThatIsNone(t *testing.T) {
	for _, place := range []string{"", "Q99", "07J", "RCX"} {
		if _, err := loaded(t).GroupOpening(regime.FirstProfile(), place); err == nil {
			t.Errorf("%q has a group", place)
		}
	}
}

// year is what came of a group that followed its agenda.
type year struct {
	meetings, most, bytes, halfway int
	late                           []string // providers considered after their time
}

// follow holds every meeting on its day for as long, with the agenda as it was worked out.
// Two providers a meeting give rise to concerns, which come before the rotation.
func follow(t *testing.T, o surveillance.Opening, months int) year {
	t.Helper()
	start := time.Date(2013, 4, 2, 9, 0, 0, 0, time.UTC)
	g, err := surveillance.Open(o, start)
	if err != nil {
		t.Fatal(err)
	}
	support := regime.PartyOf(regime.NHSCB, g.Place())
	var y year
	last := map[string]time.Time{}
	do := func(act surveillance.Act, now time.Time) {
		req := ledger.Request{By: ledger.Actor{For: support, Person: "an officer", Channel: "test"}}
		if _, err := g.Perform(req, act, now); err != nil {
			t.Fatalf("%s: %v", o.PlaceName, err)
		}
	}
	for end := start.AddDate(0, months, 0); ; {
		a, ok := g.NextDue()
		n, _ := g.NextMeeting()
		if ok && a.At.Before(n.At) {
			g.Tick(a.At)
			continue
		}
		if n.At.After(end) {
			break
		}
		for k := range min(2, len(o.Watched)) {
			code := o.Watched[(n.N*7+k*3)%len(o.Watched)].Code
			do(&surveillance.RaiseConcern{Provider: code, What: "staffing on two wards at night"}, n.At)
		}
		codes := g.ToConsider(n.At)
		var present []regime.Party // as the law of the day has them
		for _, m := range g.Members {
			present = append(present, m.Party)
		}
		do(&surveillance.HoldGroupMeeting{Present: present, Considered: strings.Join(codes, ","),
			Record: strings.Repeat("What was said. ", 40)}, n.At)
		for _, c := range codes {
			from := start
			if t, seen := last[c]; seen {
				from = t
			}
			if n.At.After(g.Coverage.After(from)) {
				y.late = append(y.late, c)
			}
			last[c] = n.At
			do(&surveillance.ConsiderProvider{Provider: c, Conclusion: "noted, and watched"}, n.At.Add(time.Hour))
			for _, open := range g.Together(c).Concerns {
				do(&surveillance.WithdrawConcern{Concern: open.ID, Reason: "seen to"}, n.At.Add(time.Hour))
			}
		}
		y.meetings, y.most = y.meetings+1, max(y.most, len(codes))
		for i := range g.Notices {
			g.Notices[i].Settled = true
			for j := range g.Notices[i].To {
				g.Notices[i].To[j].State = ledger.StateAccepted
			}
		}
		if at := n.At.Add(2 * time.Hour); !g.Over(at).Empty() {
			g.LetGo(g.Over(at), "on file", at)
		}
		if raw, err := json.Marshal(g); err == nil && y.meetings == months/2 {
			y.halfway = len(raw)
		}
		for more := true; more; { // as the workflow does when the register has it
			over := g.Over(n.At)
			g.LetGo(over, "digest", n.At)
			more = over.Full()
		}
	}
	for _, w := range g.Watched {
		if start.AddDate(0, months, 0).After(g.Coverage.After(w.Considered)) {
			y.late = append(y.late, w.Code)
		}
	}
	raw, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	y.bytes = len(raw)
	return y
}

func TestR74_EveryTrustIsConsideredInEachCoverageIntervalByEveryGroupThatFollowsItsAgenda(t *testing.T) {
	r := loaded(t)
	for _, p := range r.GroupPlaces() {
		o, _ := r.GroupOpening(regime.FirstProfile(), p)
		for _, rotation := range []regime.Rotation{regime.ByType, regime.ByDistrict} {
			o.Rotation = rotation
			y := follow(t, o, 12)
			if len(y.late) > 0 {
				t.Errorf("%s by %s: late %v", p, rotation, y.late)
			}
			if limit := len(o.Watched)/3 + 3; y.most > limit {
				t.Errorf("%s by %s: %d providers at one meeting, more than %d", p, rotation, y.most, limit)
			}
			if testing.Verbose() && rotation == regime.ByType {
				t.Logf("%-4s %3d providers: %2d meetings, at most %2d providers at one, %d kB", p, len(o.Watched),
					y.meetings, y.most, y.bytes/1000)
			}
		}
	}
}

func TestAGroupOfTenYearsIsSmallEnoughToBeCarriedOn(t *testing.T) {
	r := loaded(t)
	for _, p := range []string{"Q71", "Y54"} {
		o, _ := r.GroupOpening(regime.FirstProfile(), p)
		y := follow(t, o, 120)
		t.Logf("%s: %d kB carried after %d meetings, %d half way", p, y.bytes/1000, y.meetings, y.halfway/1000)
		// What grows is the marks of the requests that were done, whose keys are known for ever: 17 bytes each.
		if y.bytes > 200_000 || y.meetings > 60 && y.bytes-y.halfway > 40_000 {
			t.Errorf("%s: %d bytes are carried, and %d were half way", p, y.bytes, y.halfway)
		}
		if len(y.late) > 0 {
			t.Errorf("%s: late %v", p, y.late)
		}
	}
}
