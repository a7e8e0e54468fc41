package surveillance

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func TestR16_NationalBodiesMayStayAwayAndTheMeetingIsValid(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet("CCG/07J")
	s.saysIn("Held meeting 1", "Absent: ", "Not there, as bodies that attend by risk need not be (R16): "+
		s.g.names([]regime.Party{"MONITOR", "CQC"}))
	all := group(t, "2013-04-01 09:00")
	var everybody []regime.Party
	for _, m := range all.g.Members {
		everybody = append(everybody, m.Party)
	}
	if said := all.meet(everybody...).said(); strings.Contains(said, "Absent") || strings.Contains(said, "Not there") {
		t.Errorf("nobody was absent: %s", said)
	}
	if s.next().N != 2 || s.owes(DutyGroupMeeting, "1") != nil {
		t.Fatalf("%+v", s.next())
	}
}

func TestR68_TheGroupOwnsNoActionAndNobodyActsForAnother(t *testing.T) {
	due := regimetest.At("2013-05-20")
	s := group(t, "2013-04-01 09:00").
		refused("R68", regimetest.Nhse, &ProposeGroupAction{Owner: "QSG_LOCAL/Q56", What: "x", Due: due}).
		refused("R68", regimetest.Nhse, &ProposeGroupAction{Owner: "GMC", What: "x", Due: due}).
		refused("R68", "QSG_LOCAL/Q56", &AddGroupNote{Text: "x"}).
		refused("R69", "GMC", &ProposeGroupAction{Owner: "CQC", What: "x", Due: due}).
		by(regimetest.Nhse, &ProposeGroupAction{Owner: "CQC", What: "say when it inspects", Due: due,
			Provider: "RCX"}).
		refused("R1", regimetest.Nhse, &AcceptGroupAction{Action: "A1"}).
		refused("R1", regimetest.Nhse, &CompleteGroupAction{Action: "A1", Evidence: "x"}).
		by("CQC", &AcceptGroupAction{Action: "a1"}).
		refused("R1", "MONITOR", &WithdrawGroupAction{Action: "A1", Reason: "x"}).
		by("CQC", &RedateGroupAction{Action: "A1", Due: regimetest.At("2013-06-01"), Reason: "staff"})
	if d := s.owes(DutyDoGroupAction, "A1"); d == nil || d.Owner != "CQC" || !d.Due.Equal(regimetest.At("2013-06-01")) {
		t.Fatalf("%+v", d)
	}
	s.at("2013-06-02").by("CQC", &CompleteGroupAction{Action: "A1", Evidence: "x"}).saysIn("late")
	s.by("CCG/07J", &ProposeGroupAction{Owner: "CCG/07J", What: "its own visit", Due: regimetest.At("2013-07-01")})
	if a := s.g.Actions[1]; a.Status != regime.ActionAccepted || s.owes(DutyAnswerGroupAction, "A2") != nil {
		t.Fatalf("a body that takes something on is asked to accept it: %+v", a)
	}
}

func TestR68_ALevelBindsNoMemberAndWhoSeesItOtherwiseIsListed(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel,
		Reason: "staffing", Agreed: []regime.Party{"CQC", "CCG/07J"}, Dissent: []regime.Party{"MONITOR"}}).
		saysIn("binds no member", "agreed by", "otherwise sees it "+"Monitor").
		refused("R68", regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "x",
			Agreed: []regime.Party{"GMC"}}).
		by("MONITOR", &ProposeGroupAction{Owner: "MONITOR", What: "its own look", Due: regimetest.At("2013-05-01")})
	w := s.g.provider("RCX")
	if w.Level != regime.EnhancedLevel || s.g.Trend(w.Current()) != "up" || !slices.Equal(w.Current().Dissent, []regime.Party{"MONITOR"}) {
		t.Fatalf("%+v", w)
	}
}

func TestR69_WhoIsMissingOfTheMinimumIsListedAndBlocksNothing(t *testing.T) {
	o := eastAnglia
	o.Members = []regime.Party{regimetest.Nhse, "CCG/07J", "CQC"}
	s := group(t, "2013-04-01 09:00", o)
	want := []regime.Party{"CCG/07K", "LA_COMM/Q56", "TDA", "LETB/Q56", "HEALTHWATCH_LOCAL/Q56", "MONITOR"}
	if got := s.g.MembershipGaps(); !slices.Equal(got, want) {
		t.Fatalf("%v", got)
	}
	s.meet("CQC").saysIn("No seat taken yet by (R69): CCG (07K)")
	s.by("CCG/07K", &JoinGroup{}).by("HEALTHWATCH_LOCAL", &JoinGroup{})
	if got := s.g.MembershipGaps(); len(got) != 4 || s.g.IsMember("PHE/Q56") {
		t.Fatalf("%v", got)
	}
	s.by("CCG/07K", &LeaveGroup{}).saysIn("minimum membership (R69)").refused("R73", regimetest.Nhse, &LeaveGroup{})
}

func TestR70_TheTDAIsMissedOnlyWhereNHSTrustsAre(t *testing.T) {
	o := eastAnglia
	o.Watched = o.Watched[:2]
	s := group(t, "2013-04-01 09:00", o)
	if got := s.g.MembershipGaps(); len(got) != 0 {
		t.Fatalf("missed where there is no NHS trust: %v", got)
	}
	s.by(regimetest.Nhse, &WatchProvider{Provider: "rgq", Name: "Ipswich", Type: regime.NHSTrust})
	if got := s.g.MembershipGaps(); !slices.Equal(got, []regime.Party{"TDA"}) {
		t.Fatalf("%v", got)
	}
	if got := s.by("TDA", &JoinGroup{}).g.MembershipGaps(); len(got) != 0 {
		t.Fatalf("%v", got)
	}
}

func TestR71_ALocalGroupDeterminesWhomElseItHasAndTheBodyTakesTheSeatItself(t *testing.T) {
	offer := func(p regime.Party) *OfferSeat { return &OfferSeat{Party: p, Reason: "x"} }
	s := group(t, "2013-04-01 09:00").refused("R73", "CQC", offer("GMC")).refused("R8", regimetest.Nhse, offer("PROVIDER/RCX")).
		by(regimetest.Nhse, offer("GMC"))
	if s.g.IsMember("GMC") {
		t.Fatal("it sits before it has taken the seat")
	}
	if told := s.told("N58"); len(told) != 1 || !strings.HasSuffix(told[0], ": GMC duty") {
		t.Errorf("%q", told)
	}
	if why := s.g.whySeat("GMC"); !strings.Contains(why, "offered") {
		t.Error(why)
	}
	for _, p := range []regime.Party{"GMC", "CQC", "LSCB"} { // offered, a member, free to join
		if err := s.perform(regimetest.Nhse, offer(p)); err == nil || regime.RefusedBy(err) != "" {
			t.Errorf("%s: %v", p, err)
		}
	}
	s.refused("R71", "NMC", &JoinGroup{}).by("GMC", &JoinGroup{})
	if m := s.g.Members[len(s.g.Members)-1]; m.Party != "GMC" || !m.OptedIn || slices.Contains(s.g.MembershipGaps(), "GMC") {
		t.Errorf("%+v", m)
	}
	s.by("GMC", &RaiseConcern{Provider: "RCX", What: "x"})
	if s.g.Concerns[0].FedIn {
		t.Error("a member feeds nothing in from outside")
	}
}

func TestR71_RegulatorsJoinARegionalGroupByThemselvesAndFeedInToALocalOne(t *testing.T) {
	s := group(t, "2013-04-01 09:00", inRegion())
	for _, b := range []regime.Party{"GMC", "NMC", "GDC", "HCPC", "GPHC", "GOC", "GOSC", "GCC", "HEE", "HEALTHWATCH_ENGLAND"} {
		if s.g.IsMember(b) {
			t.Fatalf("%s sits there unasked", b)
		}
		s.by(b, &JoinGroup{})
		if m := s.g.Members[len(s.g.Members)-1]; m.Party != b || !m.OptedIn {
			t.Fatalf("%+v", m)
		}
		s.by(b, &LeaveGroup{})
	}
	s.refused("R71", "ROYAL_COLLEGE", &JoinGroup{})
	local := group(t, "2013-04-01 09:00").refused("R71", "GMC", &JoinGroup{}).
		by("GMC", &RaiseConcern{Provider: "RCX", What: "trainees alone at night"}).
		by("ROYAL_COLLEGE", &RaiseConcern{Provider: "RCX", What: "a review's findings"}).
		by("LSCB", &JoinGroup{})
	if c := local.g.Concerns[0]; !c.FedIn || c.By.For != "GMC" {
		t.Fatalf("%+v", c)
	}
	local.refused("R8", "PROVIDER/RCX", &JoinGroup{}).
		refused("R8", "PROVIDER/RCX", &RaiseConcern{Provider: "RCX", What: "x"}).
		refused("R8", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"PROVIDER/RCX"}})
}

func TestR75_AnyMemberSpeaksOfAnyProviderAndConcernsAreBroughtTogether(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "late letters"}).
		by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "later letters"})
	if n := len(s.told("N45")); n != 0 {
		t.Fatalf("one body alone was announced %d times", n)
	}
	s.by("LETB", &RaiseConcern{Provider: "RCX", What: "no supervision"}).
		by("HEALTHWATCH_LOCAL", &RaiseConcern{Provider: "RCX", What: "complaints"}).
		by("CCG/07J", &RaiseConcern{Provider: "RCX", What: "falls"}).
		by("CCG/07J", &RaiseConcern{Provider: "RXX", ProviderName: "A hospital elsewhere", What: "infections"})
	if got := s.told("N45"); len(got) != 2 || !strings.Contains(got[0], "CQC duty") {
		t.Fatalf("%v", got)
	}
	for _, n := range s.g.Notices {
		if strings.Contains(n.Text, "RCX") || strings.Contains(n.Text, "Queen") || strings.Contains(n.Text, "falls") {
			t.Errorf("a mail names the provider or what is feared: %s", n.Text)
		}
	}
	w := s.g.Together("RCX")
	if len(w.Bodies) != 4 || len(w.Concerns) != 5 {
		t.Fatalf("%+v", w)
	}
	worries := s.g.Worries()
	if len(worries) != 2 || worries[0].Provider != "RCX" || worries[1].Name != "A hospital elsewhere" {
		t.Fatalf("%+v", worries)
	}
	s.by(s.g.Together("RXX").Bodies[0], &WithdrawConcern{Concern: s.g.Together("RXX").Concerns[0].ID, Reason: "x"})
	if len(s.g.Worries()) != 1 {
		t.Fatal("a settled concern still worries")
	}
}

func TestAnUrgentConcernTellsThoseWhoCanActAtOnceAndNotTheProvider(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true})
	got := s.told("N2")
	if len(got) != 1 || got[0] != "Mon 1 Apr 2013 09:00: CQC duty, NHSCB/Q56 duty, CCG/07J duty, "+
		"CCG/07K duty, LA_COMM/Q56 duty, MONITOR duty" {
		t.Fatalf("%v", got)
	}
}

func TestR76_NothingButTheEssentialsMustBeFilledIn(t *testing.T) {
	most := map[string]int{"group schedule": 1, "group hold": 1, "group record": 1, "group concern": 2,
		"group consider": 1, "group level": 3, "group told-provider": 1, "group watch": 3,
		"group action-propose": 3, "group note-case": 3, "group link-case": 2, "group report": 0,
		"group join": 0, "group leave": 0, "group interval": 0, "group note": 1, "group note-report": 1,
		"group indicator": 4, "group arrangement": 4}
	for _, v := range Verbs() {
		need := 0
		for _, f := range regime.Fields(v.New()) {
			if f.Need {
				need++
			}
		}
		if limit, known := most[v.Path]; known && need != limit {
			t.Errorf("%s needs %d values, want %d", v.Path, need, limit)
		} else if !known && need > 3 {
			t.Errorf("%s needs %d values", v.Path, need)
		}
	}
	s := group(t, "2013-04-01 09:00").meet()
	s.by(regimetest.Nhse, &ConsiderProvider{Provider: s.g.Meetings[0].Considered[0], Conclusion: "better"})
	n := 0
	for _, o := range s.g.Outcomes {
		n += words.Flag(o.Meeting == 1 && o.Provider == s.g.Meetings[0].Considered[0])
	}
	if n != 1 {
		t.Errorf("what was considered and what was concluded are %d rows of the log", n)
	}
}

func TestAGroupThatCannotBeIsAMistake(t *testing.T) {
	for name, spoil := range map[string]func(*Opening){
		"no profile":         func(o *Opening) { o.Profile = "X" },
		"no tier":            func(o *Opening) { o.Tier = "" },
		"no name":            func(o *Opening) { o.PlaceName = "" },
		"local without area": func(o *Opening) { o.Area = "" },
		"a provider's seat":  func(o *Opening) { o.Members = []regime.Party{"PROVIDER/RCX"} },
		"an unknown type":    func(o *Opening) { o.Watched = []Watched{{Code: "R", Name: "R", Type: "SHIP"}} },
		"a provider twice":   func(o *Opening) { o.Watched = append(slices.Clone(o.Watched), o.Watched[0]) },
		"a first long ago":   func(o *Opening) { o.First = regimetest.At("2012-01-01") },
		"every minute":       func(o *Opening) { o.Interval = toPeriod("1m") },
		"backwards":          func(o *Opening) { o.Interval = toPeriod("-1mo") },
		"coverage too short": func(o *Opening) { o.Coverage = toPeriod("2d") },
	} {
		o := eastAnglia
		spoil(&o)
		var m *regime.Mistake
		if _, err := Open(o, regimetest.At("2013-04-01")); !regimetest.AsMistake(err, &m) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAGroupSurvivesItsJourneyThroughJSON(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet().by("CQC", &RaiseConcern{Provider: "RCX", What: "x"}).
		by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).meet()
	raw, err := json.Marshal(s.g)
	if err != nil {
		t.Fatal(err)
	}
	again := new(Group)
	if err := json.Unmarshal(raw, again); err != nil {
		t.Fatal(err)
	}
	twice, _ := json.Marshal(again)
	a, _ := s.g.NextDue()
	b, _ := again.NextDue()
	if string(raw) != string(twice) || !a.At.Equal(b.At) || a.Says != b.Says {
		t.Fatalf("%s\n%s", raw, twice)
	}
}

func TestAnEndedGroupOwesNothingAndTakesNothing(t *testing.T) {
	s := group(t, "2013-04-01 09:00").meet().by(regimetest.Nhse, &EndGroup{Reason: "merged"}).
		refused("", regimetest.Nhse, &AddGroupNote{Text: "x"})
	if len(s.g.OpenDuties()) != 0 || !strings.Contains(s.g.Board(s.now), "ended on") {
		t.Fatal(s.g.Board(s.now))
	}
	if _, ok := s.g.NextMeeting(); ok {
		t.Fatal("a meeting is to come")
	}
}

func TestR14_AProtectedSourceIsKeptAndShownToNobody(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("LETB", &RaiseConcern{Provider: "RCX", What: "x", Source: "whistleblower", Confidential: true})
	if s.g.Public().Concerns[0].Source != "" || s.g.Confided[0].Source != "whistleblower" {
		t.Fatalf("%+v %+v", s.g.Concerns, s.g.Confided)
	}
	raw, _ := json.Marshal(s.g.Public())
	if shown := string(raw) + s.g.OutcomeLog().CSV() + s.g.AgendaMarkdown(s.now) + s.g.Board(s.now); strings.Contains(shown, "whistleblower") {
		t.Fatal(shown)
	}
}
