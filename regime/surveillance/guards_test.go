package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// groupTrial is an act tried in a group, as trial is in a case.
type groupTrial struct {
	in   *groupScript
	by   regime.Party
	act  Act
	says string
}

func tryAllInGroup(t *testing.T, trials ...groupTrial) {
	t.Helper()
	for i, x := range trials {
		if got := x.in.answer(x.by, x.act); (got == "") != (x.says == "") ||
			!strings.Contains(got, x.says) {
			t.Errorf("trial %d, %s by %s: %q, want %q", i+1, VerbOf(x.act).Path, x.by, got, x.says)
		}
	}
}

func TestR69_R71_R73_WhoSitsInAGroupAndWhoActsForItIsGuarded(t *testing.T) {
	s, region := group(t, "2013-04-01 09:00"), group(t, "2013-04-01 09:00", inRegion())
	chaired := s.copied().by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-01 10:00"),
		Chair: "CCG/07K"})
	live := s.copied().by(regimetest.Nhse, &NoteCase{Case: "C1", Provider: "RCX", Stage: regime.Convening})
	meeting := &ScheduleGroupMeeting{At: regimetest.At("2013-05-01 10:00")}
	tryAllInGroup(t,
		groupTrial{s, regimetest.Nhse, meeting, ""}, groupTrial{s, "CQC", meeting, "R73: "},
		groupTrial{chaired, "CCG/07K", meeting, ""},
		groupTrial{chaired, regimetest.Nhse, meeting, ""}, groupTrial{region, "NHSCB/Y55", meeting, ""},
		groupTrial{region, regimetest.Nhse, meeting, "R73: "},
		groupTrial{s, regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-01 10:00"), Chair: "GMC"},
			"R69: a member chairs"},
		groupTrial{s, "CQC", &HoldGroupMeeting{Present: []regime.Party{"CQC"}}, "R73: "},
		groupTrial{s, regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "PROVIDER/RCX"}}, "R8: "},
		groupTrial{s, regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Chair: "GMC"},
			"R69: a member chairs"},
		groupTrial{s, regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RCX;rgp AGENDA", Early: "x"}, ""},
		groupTrial{s, regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RCX, RZZ"},
			"--considered"},
		groupTrial{s, regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CCG"}}, "which CCG?"},
		groupTrial{s, "CCG", &JoinGroup{}, "which CCG?"},
		groupTrial{s, "CQC", &JoinGroup{}, "already a member"},
		groupTrial{s, "GMC", &JoinGroup{}, "R71: "}, groupTrial{region, "GMC", &JoinGroup{}, ""},
		groupTrial{s, "TDA", &JoinGroup{}, ""}, groupTrial{s, "PROVIDER", &JoinGroup{}, "R8: "},
		groupTrial{s, "QSG_LOCAL", &JoinGroup{}, "R68: "},
		groupTrial{s, "GMC", &LeaveGroup{}, "is not a member"},
		groupTrial{s, regimetest.Nhse, &LeaveGroup{}, "R73: "}, groupTrial{s, "CQC", &LeaveGroup{}, ""},
		groupTrial{s, "CQC", &EndGroup{Reason: "x"}, "R73: "},
		groupTrial{live, regimetest.Nhse, &EndGroup{Reason: "x"}, "is open"},
		groupTrial{s, regimetest.Nhse, &EndGroup{Reason: "x"}, ""},
		groupTrial{s, "GMC", &SendPack{What: "x"}, "R69: "},
		groupTrial{s, "CQC", &SendPack{What: "x"}, ""},
		groupTrial{s, "CQC", &AddGroupNote{Text: "x", Corrects: -1}, "there is no entry"},
		groupTrial{live, "CQC", &AddGroupNote{Text: "x", Corrects: 2}, "there is no entry"},
		groupTrial{live, "GMC", &AddGroupNote{Text: "x", Corrects: 1}, ""},
		groupTrial{s, regimetest.Nhse, &RecordGroupMeeting{Record: "x"}, "no meeting is waiting"},
		groupTrial{s.copied().meet("CQC"), regimetest.Nhse, &RecordGroupMeeting{Record: "x"}, "no meeting is waiting"},
	)
	held := s.copied().by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Early: "x"})
	tryAllInGroup(t, groupTrial{held, regimetest.Nhse, &RecordGroupMeeting{Record: "x"}, ""},
		groupTrial{held, "CQC", &RecordGroupMeeting{Record: "x"}, "R73: "})
	ended := s.by(regimetest.Nhse, &EndGroup{Reason: "x"})
	tryAllInGroup(t, groupTrial{ended, "CQC", &AddGroupNote{Text: "x"}, "the group has ended"})
	for _, role := range []regime.Role{regime.RoleDigest, regime.RoleNews} {
		if got := ended.g.roleParties(role, ledger.Duty{}); len(got) > 0 {
			t.Errorf("a group that has ended sums up nothing and hears of nothing: %v", got)
		}
	}
	if to := ended.told("N38"); len(to) != 1 || !strings.Contains(to[0], "CQC duty") ||
		!strings.HasSuffix(to[0], "NHSCB/Y55 duty") {
		t.Errorf("the end is told to %v", to)
	}
}

func TestR68_R74_R75_WhatAGroupWatchesAndConsidersIsGuarded(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &RaiseConcern{Provider: "RXX", What: "x"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "x"})
	live := s.copied().by(regimetest.Nhse, &NoteCase{Case: "C1", Provider: "RCX", Stage: regime.Convening})
	raise := func(code string) Act { return &RaiseConcern{Provider: code, What: "x"} }
	watch := func(code string, t regime.ProviderType) Act {
		return &WatchProvider{Provider: code,
			Name: "x", Type: t}
	}
	level := func(a AgreeLevel) Act { a.Level, a.Reason = regime.EnhancedLevel, "x"; return &a }
	tryAllInGroup(t,
		groupTrial{s, "GMC", raise("RCX"), ""}, groupTrial{s, "GMC", raise("AZ-09"), ""},
		groupTrial{s, "GMC", raise(" rcx "), ""},
		groupTrial{s, "GMC", raise("R_X"), "letters, digits and dashes only"},
		groupTrial{s, "GMC", raise("R@"), "letters, digits"},
		groupTrial{s, "GMC", raise("R["), "letters, digits"},
		groupTrial{s, "GMC", raise("R/"), "letters, digits"},
		groupTrial{s, "GMC", raise("R:"), "letters, digits"},
		groupTrial{s, "GMC", raise("  "), "--provider is missing"},
		groupTrial{s, "GMC", raise(strings.Repeat("A", 20)), ""},
		groupTrial{s, "GMC", raise(strings.Repeat("A", 21)), "1 to 20 letters"},
		groupTrial{s, "GMC", watch("RAA", regime.NHSTrust), "R69: "},
		groupTrial{s, "CQC", watch("RCX", regime.NHSTrust), "already on the list"},
		groupTrial{s, "CQC", watch("R_A", regime.NHSTrust), "letters, digits"},
		groupTrial{s, "CQC", watch("raa", regime.NHSTrust), ""},
		groupTrial{s, "GMC", &StopWatching{Provider: "RCX", Reason: "x"}, "R69: "},
		groupTrial{s, "CQC", &StopWatching{Provider: "RXX", Reason: "x"}, "not on the group's list"},
		groupTrial{live, "CQC", &StopWatching{Provider: "RCX", Reason: "x"}, "is open"},
		groupTrial{s, "CQC", &StopWatching{Provider: "rcx", Reason: "x"}, ""},
		groupTrial{s, "GMC", &ConsiderProvider{Provider: "RCX"}, "R69: "},
		groupTrial{s, "CQC", &ConsiderProvider{Provider: "RZZ"}, "no open concern"},
		groupTrial{s, "CQC", &ConsiderProvider{Provider: "RXX"}, ""},
		groupTrial{s, "CQC", &ConsiderProvider{Provider: "RCX", Lead: "GMC"}, "R68: "},
		groupTrial{s, "CQC", &ConsiderProvider{Provider: "RCX", Lead: "MONITOR"}, ""},
		groupTrial{s, "GMC", level(AgreeLevel{Provider: "RCX"}), "R69: "},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RXX"}), "not on the group's list"},
		groupTrial{live, "CQC", level(AgreeLevel{Provider: "RCX"}), "is live"},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RCX"}), ""},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RCX", Lead: "GMC"}), "R68: "},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RCX", Agreed: []regime.Party{"CQC", "GMC"}}), "R68: "},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RCX", Dissent: []regime.Party{"GMC"}}), "R68: "},
		groupTrial{s, "CQC", level(AgreeLevel{Provider: "RCX", Lead: "MONITOR"}), ""},
		groupTrial{s, "CQC", &TellProvider{Provider: "RCX"}, "no level was recorded"},
		groupTrial{s, "CQC", &TellProvider{Provider: "RZZ"}, "no level was recorded"},
		groupTrial{live, "CQC", &TellProvider{Provider: "RCX"}, ""},
		groupTrial{live, "GMC", &TellProvider{Provider: "RCX"}, "R69: "},
	)
}

func TestR1_R37_R68_EachStateOfAGroupsActionTakesWhatItTakesAndNothingElse(t *testing.T) {
	propose := &ProposeGroupAction{Owner: "MONITOR", What: "x", Due: regimetest.At("2013-06-01"), Provider: "rcx"}
	s := group(t, "2013-04-01 09:00")
	proposed := s.copied().by("CQC", propose)
	accepted := proposed.copied().by("MONITOR", &AcceptGroupAction{Action: "A1", Due: regimetest.At("2013-07-01")})
	states := map[regime.ActionStatus]*groupScript{
		regime.ActionProposed: proposed, regime.ActionAccepted: accepted,
		regime.ActionDeclined: proposed.copied().by("MONITOR", &DeclineGroupAction{Action: "a1", Reason: "why"}),
		regime.ActionDone: accepted.copied().by("MONITOR",
			&CompleteGroupAction{Action: "A1", Evidence: "why"}),
		regime.ActionWithdrawn: accepted.copied().by("MONITOR", &WithdrawGroupAction{Action: "A1", Reason: "why"}),
	}
	acts := map[string]Act{"accept": &AcceptGroupAction{Action: "A1"},
		"decline":  &DeclineGroupAction{Action: "A1", Reason: "x"},
		"done":     &CompleteGroupAction{Action: "A1", Evidence: "x"},
		"redate":   &RedateGroupAction{Action: "A1", Due: regimetest.At("2013-08-01"), Reason: "x"},
		"withdraw": &WithdrawGroupAction{Action: "A1", Reason: "x"}}
	taken := map[regime.ActionStatus]string{regime.ActionProposed: "accept decline",
		regime.ActionAccepted: "done redate withdraw"}
	for status, in := range states {
		a := in.g.Actions[0]
		settled := status != regime.ActionProposed && status != regime.ActionAccepted
		if a.Status != status || a.Settled() != settled || a.Closed.IsZero() == settled || settled &&
			a.Why+a.Evidence != "why" {
			t.Errorf("%s: %+v", status, a)
		}
		if answer, do := in.owes(DutyAnswerGroupAction, "A1"),
			in.owes(DutyDoGroupAction, "A1"); (answer != nil) != (status == regime.ActionProposed) ||
			(do != nil) != (status == regime.ActionAccepted) || do != nil &&
			(!do.Due.Equal(regimetest.At("2013-07-01")) || do.Owner != "MONITOR") {
			t.Errorf("%s: to be answered %v, to be done %v", status, answer, do)
		}
		for name, act := range acts {
			says := "already"
			if status == regime.ActionProposed {
				says = "has not been accepted yet"
			}
			if strings.Contains(taken[status], name) {
				says = ""
			}
			byProposer := "R1: "
			if name == "withdraw" && status == regime.ActionProposed {
				byProposer = ""
			}
			tryAllInGroup(t, groupTrial{in, "MONITOR", act, says}, groupTrial{in, "CQC", act, byProposer})
		}
	}
	tryAllInGroup(t, groupTrial{s, "MONITOR", acts["accept"], "there is no action"},
		groupTrial{s, "GMC", propose, "R69: "},
		groupTrial{s, "CQC", &ProposeGroupAction{Owner: "QSG_LOCAL", What: "x", Due: regimetest.At("2013-06-01")},
			"has no powers"},
		groupTrial{s, "CQC", &ProposeGroupAction{Owner: "QSG_REGIONAL", What: "x",
			Due: regimetest.At("2013-06-01")}, "has no powers"},
		groupTrial{s, "CQC", &ProposeGroupAction{Owner: "GMC", What: "x", Due: regimetest.At("2013-06-01")},
			"R68: members own"},
		groupTrial{s, "CQC", &ProposeGroupAction{Owner: "MONITOR", What: "x", Due: regimetest.At("2013-06-01"),
			Provider: "R_X"}, "letters, digits"})
	declined := states[regime.ActionDeclined].told("N18")
	if len(declined) != 2 || !strings.HasSuffix(declined[1], "CQC duty") || len(accepted.told("N18")) != 1 {
		t.Errorf("the proposer hears of a refusal: %v", declined)
	}
	own := s.copied().by("CQC", &ProposeGroupAction{Owner: "CQC", What: "x", Due: regimetest.At("2013-06-01")})
	if a := own.g.Actions[0]; a.Status != regime.ActionAccepted || len(own.told("N18")) != 0 ||
		!strings.HasPrefix(own.said(), "Took on action A1") {
		t.Errorf("%+v: %s", a, own.said())
	}
	moved := accepted.copied().by("MONITOR", acts["redate"])
	if a := moved.g.Actions[0]; !a.Due.Equal(regimetest.At("2013-08-01")) ||
		!moved.owes(DutyDoGroupAction, "A1").Due.Equal(a.Due) || !a.Dates[0].From.Equal(regimetest.At("2013-07-01")) {
		t.Errorf("%+v", a)
	}
	for when, late := range map[string]bool{"2013-07-01": false, "2013-07-02": true} {
		if got := accepted.copied().at(when).by("MONITOR", acts["done"]).
			said(); strings.Contains(got, ", late") != late {
			t.Errorf("%s: %s", when, got)
		}
	}
}

func TestR12_R73_NewsOfACaseAndReportsComeFromWhereTheyMay(t *testing.T) {
	s, region := group(t, "2013-04-01 09:00"), group(t, "2013-04-01 09:00", inRegion())
	news := func(change func(*NoteCase)) Act {
		a := &NoteCase{Case: "C1", Provider: "RCX", Stage: regime.Convening}
		change(a)
		return a
	}
	link := func(concerns, ref string) Act { return &LinkConcern{Concerns: concerns, Case: ref} }
	raised := s.copied().by("CQC", &RaiseConcern{Provider: "RCX", What: "x"})
	plain := news(func(*NoteCase) {})
	tryAllInGroup(t,
		groupTrial{s, "CQC", plain, ""}, groupTrial{s, "NHSCB/Q49", plain, ""},
		groupTrial{s, "NHSCB/Y54", plain, ""}, groupTrial{s, "GMC", plain, "R69: "},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Profile = "ENGLAND_2013" }), ""},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Profile = "ENGLAND_2022" }), "take no notice"},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Demonstration = true }), "take no notice"},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Case = " " }), "--case is missing"},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Case = strings.Repeat("A", 21) }), "not the reference"},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Case = strings.Repeat("A", 20) }), ""},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Provider = "RZZ" }), "no provider type"},
		groupTrial{s, regimetest.Nhse, news(func(a *NoteCase) { a.Provider, a.Type = "RZZ", regime.NHSTrust }), ""},
		groupTrial{raised, "CQC", link("C1", "K1"), ""},
		groupTrial{raised, "GMC", link("C1", "K1"), "R69: "},
		groupTrial{raised, "CQC", link("C1", " "), "--case is missing"},
		groupTrial{raised, "CQC", link("C1", strings.Repeat("A", 21)), "not the reference"},
		groupTrial{raised, "CQC", link("C1", strings.Repeat("A", 20)), ""},
		groupTrial{raised, "CQC", link(";", "K1"), "names none"},
		groupTrial{raised, "CQC", link("C1 C2", "K1"), "there is no concern"},
		groupTrial{s, regimetest.Nhse, &ReportToRegion{}, ""}, groupTrial{s, "CQC", &ReportToRegion{}, "R73: "},
		groupTrial{region, "NHSCB/Y55", &ReportToRegion{}, "this is a regional one"},
		groupTrial{s, regimetest.Nhse, &NoteReport{From: "Q56"}, "this is a local one"},
		groupTrial{region, regimetest.Nhse, &NoteReport{From: "Q56"}, ""},
		groupTrial{region, "CQC", &NoteReport{From: "Q56"}, ""},
		groupTrial{region, "GMC", &NoteReport{From: "Q56"}, "R69: "},
		groupTrial{region, regimetest.Nhse, &NoteReport{From: "Q_6"}, "letters, digits"},
	)
}
