package failure

import (
	"reflect"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func TestWhyTellsWhatBecameOfAWarningAnActionAndAPower(t *testing.T) {
	s := responding(t, kingsLynn).
		by("CQC", &ServeWarning{View: "v", Care: "c", Reasons: "r", Require: "q",
			Due: regimetest.At("2013-10-30 10:00")}).
		by("MONITOR", &UsePower{Power: "P-MON-1"}).
		by(regimetest.Nhse, &ProposeAction{Owner: "MONITOR", Aim: SecureImprovement, What: "x",
			Due: regimetest.At("2013-10-01 10:00")}).
		by("MONITOR", &AcceptAction{Action: "A1"})
	for id, want := range map[string]string{
		"W1": "is to determine whether warning notice W1 was complied with",
		"u1": "is to decide, after representations, on its notice U1",
		"A1": "is to accept or decline action A1; done on",
	} {
		e, err := s.c.Why(id)
		if err != nil || e.Title == "" || len(e.Rules) == 0 {
			t.Fatalf("%s: %+v, %v", id, e, err)
		}
		var said []string
		for _, p := range e.Points {
			said = append(said, p.Says)
		}
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%s: %s", id, strings.Join(said, "\n"))
		}
	}
	if e, err := s.c.Why("A10"); err != nil || e.Title == "" || e.Rules[0].ID != "A10" {
		t.Errorf("what the case does not have is still a rule: %+v, %v", e, err)
	}
	if _, err := s.c.Why("W9"); err == nil {
		t.Error("no such notice")
	}
}

func TestAThingIsExplainedByWhatNamesItAlone(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG/07J", &UsePower{Power: "P-COM-1"}).by("CQC", &UsePower{Power: "P-CQC-6"})
	e, err := s.c.Why("U1")
	if err != nil {
		t.Fatal(err)
	}
	entries := 0
	for _, p := range e.Points {
		entries += words.Flag(p.On == "entry")
	}
	if entries != 1 || !strings.Contains(e.Title, "U1") {
		t.Errorf("%+v", e)
	}
}

// ids collects what has a number in all that a case or group holds, by the type of it.
func ids(v reflect.Value, into map[string]map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			ids(v.Elem(), into)
		}
	case reflect.Slice:
		for i := range v.Len() {
			ids(v.Index(i), into)
		}
	case reflect.Struct:
		if f := v.FieldByName("ID"); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
			name := v.Type().Name()
			if into[name] == nil {
				into[name] = map[string]bool{}
			}
			into[name][f.String()] = true
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				ids(v.Field(i), into)
			}
		}
	}
}

// numbered is a case with something of every kind that has numbers.
func numbered(t *testing.T) *script {
	s := triggered(t, kingsLynn)
	s.c.Trigger.Known = []GroupConcern{{Group: "Q56", ID: "C3", By: "CQC", What: "nights", Urgent: true}, {Group: "Y55", ID: "C3"}}
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")}).
		by("CQC", &SuggestParty{Party: "POLICE", Why: "x"}).at("2013-09-12 10:00").
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC", "MONITOR", "CCG/07J"}}).
		by(regimetest.Nhse, &EndSummit{}).
		by(regimetest.Nhse, &RecordSummit{Record: "x"}).
		by(regimetest.Nhse, &InviteGuest{Guest: "Fire service", Contact: "duty@fire.example", Why: "x"}).
		by("CQC", &RecordDeath{What: "x"}).
		by("CQC", &AskReview{Of: "a college", What: "x", Due: regimetest.At("2013-10-12 10:00")}).
		by("CQC", &ReceiveReview{Review: "e1", Members: true}).
		by("CQC", &AddReviewRecommendation{Review: "E1", What: "x"}).
		by("CQC", &RecordConcern{Kind: "training-unsafe", Profession: "doctor", What: "x"}).
		by("CQC", &FlagSafeguarding{About: regime.Adult, What: "x"}).
		by("CQC", &OpenReferral{Profession: "doctor"}).
		by("CQC", &UsePower{Power: "P-CQC-6"}).
		by("CQC", &ServeWarning{View: "v", Care: "c", Reasons: "r", Require: "q", Due: regimetest.At("2013-10-30 10:00")}).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		by("CQC", &RegisterDifference{Other: "MONITOR", Subject: "x", Safety: "no"}).
		by("CQC", &RequestInformation{To: "MONITOR", What: "x"}).
		by("CQC", &RecordTalk{With: "MONITOR", What: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).days(1).
		by("CQC", &Reinspect{From: s.now, Focused: true})
	return s
}

func TestEachLetterStandsForOneKindOfThingAndEachNumberIsExplained(t *testing.T) {
	s := numbered(t)
	met := map[string]map[string]bool{}
	ids(reflect.ValueOf(s.c), met)
	kinds := map[string]string{}
	for name, all := range met {
		if name == "Recommendation" {
			name = "Review" // E1.2 belongs to E1
		}
		for id := range all {
			letter := strings.TrimRight(id, "0123456789.")
			if other := kinds[letter]; other != "" && other != name {
				t.Errorf("%s stands for %s and %s", letter, other, name)
			}
			kinds[letter] = name
			e, err := s.c.Why(id)
			if err != nil || e.About != id || e.Title == "" || len(e.Points) == 0 {
				t.Errorf("%s %s: %+v, %v", name, id, e, err)
			}
		}
	}
	offered := map[string]bool{}
	for _, p := range s.c.Explained() {
		offered[p.On] = true
	}
	for _, k := range s.c.items() {
		if letter := strings.TrimRight(strings.Join(k.IDs[:min(1, len(k.IDs))], ""), "0123456789."); letter != "" && letter != k.Letter {
			t.Errorf("%s has the letter %s", k.Kind, letter)
		}
		for _, id := range k.IDs {
			if !offered[id] {
				t.Errorf("%s %s is not offered", k.Kind, id)
			}
		}
		if len(k.IDs) == 0 && k.Kind != "exit criterion" && k.Kind != "request for a meeting" && k.Kind != "action" {
			t.Errorf("there is no %s here to be explained", k.Kind)
		}
	}
}

func TestANumberMayBeTypedInSmallLetters(t *testing.T) {
	s := responding(t, kingsLynn).
		by(regimetest.Nhse, &ProposeAction{Owner: "MONITOR", Aim: SecureImprovement, What: "x", Due: regimetest.At("2013-10-01 10:00")}).
		refusedSaying("action A1 has not been accepted yet", "MONITOR", &CompleteAction{Action: "A1", Evidence: "x"}).
		by("MONITOR", &AcceptAction{Action: " a1"}).
		refusedSaying("action A1 is already accepted, and is not done yet", "MONITOR", &AcceptAction{Action: "a1"}).
		by("CQC", &AskForMeeting{Reason: "x"})
	s.by(s.c.chair(), &AnswerMeetingRequest{Request: "y1", Reason: "x"})
	if s.c.Actions[0].Status != regime.ActionAccepted || s.c.MeetingRequests[0].Answered.IsZero() {
		t.Errorf("%+v, %+v", s.c.Actions, s.c.MeetingRequests)
	}
}

func TestWhySaysOfEachInspectionHowItLayToItsDayAndWhatCameOfIt(t *testing.T) {
	s := numbered(t)
	s.by("CQC", &Reinspect{From: s.now}).by("CQC", &ReportReinspection{Inspection: 2, Rating: "good", Advice: "exit"})
	got := s.why("H2")
	for _, want := range []string{"Re-inspected (H2)", "its inspection 2", "early", "good", "exit"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if got := s.why("h1"); strings.Contains(got, "H2") || !strings.Contains(got, "focused") {
		t.Error(got)
	}
}
