package failure

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// story is the whole record of a case: what was done, who was told of it, and what is owed.
func (s *script) story() string {
	var out []string
	for _, e := range s.c.Entries {
		head := strconv.Itoa(e.N) + " " + calendar.Short(e.At) + ", " + e.Verb
		if e.Verb != ledger.ByClock {
			head += " by " + string(e.By.For)
		}
		out = append(out, head+"\n"+e.Text)
	}
	out = append(out, "# Told")
	for _, n := range s.c.Notices {
		if n.Kind != "N44" {
			out = append(out, string(n.Kind)+" "+calendar.Short(n.At)+" to "+inCase(s).
				Recipients(n.To)+"\n"+n.Text)
		}
	}
	out = append(out, "# Owed")
	for _, d := range s.c.Duties {
		end := "open"
		if !d.Open() {
			end = strings.ToLower(strings.ReplaceAll(string(d.End), "_", " ")) + " " +
				calendar.Short(d.Ended)
		}
		if d.Late() {
			end += ", late"
		}
		out = append(out,
			string(d.Kind)+" "+d.Subject+" of "+string(s.c.OwnerOf(d))+" by "+calendar.Short(d.Due)+": "+end)
	}
	return strings.Join(out, "\n\n") + "\n"
}

// coordinated is a case that goes its whole way, slowly, with all that may be said on it.
func coordinated(t *testing.T) *script {
	return open(t, kingsLynn, "2013-09-10 09:00").
		by("CCG", &RecordConcern{Kind: "immediate-risk", What: "nobody on the ward",
			From: "ROYAL_COLLEGE"}).
		by("MONITOR", &TriggerRiskSummit{Concern: "unsafe staffing.", Source: "media", Immediate: true}).
		by("CQC", &ProposeRingHolder{Candidate: "CQC", Fitness: "it knows the trust"}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 09:00"), Place: "Cambridge"}).
		by("CQC", &ReplyToInvitation{Answer: "sending-deputy"}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"}, Why: "trainees",
			LeftOut: []regime.Party{"LSCB"}, WhyNot: "no children are concerned"}).
		by("MONITOR", &ReplyToInvitation{Answer: "not-attending"}).
		by("CQC", &GivePage{Page: "two breaches"}).by("CQC", &GivePage{Page: "three breaches."}).
		by("MONITOR", &JudgeForOneself{View: "weak board", Intends: "look into it", Dissent: true}).
		by("GMC", &JudgeForOneself{View: "rotas", Sealed: true}).
		at("2013-09-12 10:05").
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CCG", "GMC"}, Provider: true}).
		by(regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-12 14:00")}).at("2013-09-12 14:30").
		by(regimetest.Nhse, &OpenSummit{Chair: "CCG", Attending: []regime.Party{"CQC", "GMC"}}).
		by("CQC", &JudgeBreach{Value: NotYetDetermined, Evidence: "two visits", Intends: "inspect"}).
		by("CCG", &OpenSealedViews{}).
		by("CCG", &EndSummit{Record: "six risks"}).
		by("CQC", &JudgeBreach{Value: PotentialBreach, Standards: "9"}).
		at("2013-09-12 16:00").by("CCG", &JudgeCollectively{Value: ActualFailure, Reason: "all agree"}).
		by("CCG", &AnswerStandards{Answer: "yes", Reason: "a rota", Profession: "doctor"}).
		by("CCG", &SignSummit{Record: "six risks, and names"}).
		by("CCG", &NotifyEmployer{Referral: "F1"}).by("CCG", &Refer{Referral: "F1", Regulator: "GMC"}).
		by("CCG", &EndReferral{Referral: "F1", Reason: "no case to answer"}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("CQC", &DeclineRing{Reason: "no capacity"}).
		by("GMC", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "conflict"}).
		by("GMC", &ObjectToRingHolder{Candidate: "MONITOR", Withdraw: true}).
		by("MONITOR", &AcceptRing{}).by("CQC", &AssentToRingHolder{Candidate: "MONITOR"}).
		at("2013-09-13 04:00").
		by("MONITOR", &ScheduleMeeting{At: regimetest.At("2013-09-15 09:00"), Place: "Lynn"}).
		by("MONITOR", &ScheduleMeeting{At: regimetest.At("2013-09-14 09:00")}).
		by("MONITOR", propose("CQC")).by("CQC", &AcceptAction{Action: "A1", Due: regimetest.At("2013-09-19 17:00")}).
		at("2013-09-14 11:00").
		by("MONITOR", &HoldMeeting{Present: []regime.Party{"CQC", "CCG"}, Held: regimetest.At("2013-09-14 09:30")}).
		by("MONITOR", &RecordMeeting{Record: "rota agreed"}).
		by("MONITOR", &ScheduleMeeting{At: regimetest.At("2013-09-20 09:00")}).
		by("CQC", &CompleteAction{Action: "A1", Evidence: "the rota"}).
		by("CQC", &AnswerBreach{Reason: "it will inspect"}).
		by("CCG", differ()).by("CQC", &DiscussDifference{Difference: "J1", Outcome: Resolved,
		Will: "look again"}).
		by("MONITOR", &AnswerPublic{Answer: "yes", Reason: "recalls"}).
		by("PROVIDER", &DraftPlan{Support: "a line", Lead: "a surgeon"}).
		by("CQC", &AssentToPlan{Version: 1}).
		by("CQC", wholePlan()).by("PROVIDER", &AssentToPlan{Version: 2}).
		by("MONITOR", &AssentToPlan{Version: 2}).by("CQC", &AssentToPlan{Version: 2}).
		by("MONITOR", &AssignPlanPart{Part: "experts", Owner: "GMC", Due: regimetest.At("2013-09-30 17:00")}).
		by("GMC", &AcceptAction{Action: "A2"}).by("GMC", &CompleteAction{Action: "A2", Evidence: "two reviewers"}).
		by("MONITOR", &AssignPlanPart{Part: "support", None: "the line is enough"}).
		by("MONITOR", &AssignPlanPart{Part: "lead", None: "x"}).by("MONITOR", &AssignPlanPart{Part: "communications", None: "x"}).
		by("MONITOR", &AssignPlanPart{Part: "responsibility", None: "x"}).
		by("PROVIDER", &PublishPublicPlan{URL: "https://trust.example/p"}).by("PROVIDER", &OpenPublicLine{How: "a number"}).
		by("MONITOR", &HandOverRing{To: regimetest.Nhse, Reason: "it commissions"}).by(regimetest.Nhse,
		&AcceptRing{}).
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Early: "all were there",
			Record: "done.", Next: regimetest.At("2013-09-27 09:00")}).
		by(regimetest.Nhse, &BeginMonitoring{Reason: "all is done"}).
		by(regimetest.Nhse, &SendLetter{}).by("CCG", &SetLevel{Level: "enhanced", Reason: "a month more"}).
		by(regimetest.Nhse, &ProposeClosing{Lessons: "share earlier"}).by("GMC",
		&ObjectToClosing{Reason: "trainees"}).days(3).
		by(regimetest.Nhse, &CloseCase{}).by("CQC", &AddNote{Text: "filed", Corrects: 2})
}

// regulated is a case in which each body uses what powers it has.
func regulated(t *testing.T) *script {
	return open(t, kingsLynn, "2014-11-03 09:00").
		by("CQC", &IntendPower{Power: "P-CQC-5", Details: "next week"}).
		by("CQC", &JudgeBreach{Value: BreachSignificant}).
		by("CQC", &AnswerBreach{Reason: "it will be warned"}).
		by("CQC", &UsePower{Power: "P-CQC-6", Immediate: true, Discussed: []regime.Party{"MONITOR"}}).
		by("CQC", &CompletePower{Use: "U1", Reason: "no staff", Basis: "s.30", Details: "the ward",
			Taken:     regimetest.At("2014-11-03 08:00"),
			Discussed: []regime.Party{"GMC"}}).
		by("CQC", &UsePower{Power: "P-CQC-5", Reason: "staffing", Basis: "s.31",
			Taken: regimetest.At("2014-11-02 09:00")}).
		by("MONITOR", &UsePower{Power: "P-MON-2"}).
		by("PROVIDER", &ApplyForCertificate{Use: "U3", Evidence: "rotas"}).
		by("MONITOR", &DecideCertificate{Use: "U3", Outcome: CertificateGiven, Reason: "seen"}).
		at("2014-11-10 09:00").
		by("CQC", &DecidePower{Use: "U2", Outcome: Proceed, Reason: "no answer came"}).
		by("CQC", &LiftPower{Use: "U2", Evidence: "staffed"}).
		by("CQC", warn()).by("CQC", &AddRequirement{Warning: "W1", Require: "train",
		Due: regimetest.At("2014-12-31 17:00")}).
		by("PROVIDER", &ReportRequirement{Warning: "W1", Requirement: 2, Evidence: "trained"}).
		by("CQC", &DecideWarning{Warning: "W1", Outcome: Proceed, Reason: "none came"}).
		by("CQC", &DetermineWarning{Warning: "W1", Complied: "no", Evidence: "a visit",
			Action: "recommend", Administration: "yes"}).
		by("CQC", warn()).by("CQC", &DecideWarning{Warning: "W2", Outcome: Withdraw, Reason: "an error"}).
		by("CQC", &RecommendMeasures{Reason: "weak board"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "a plan is there"}).
		by("CQC", &RecommendMeasures{Reason: "still weak"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "it failed",
			Announced: regimetest.At("2014-11-11 09:00")}).
		by("MONITOR", &Appoint{Role: "improvement-director", Who: "an office"}).
		by("PROVIDER", &PublishPlan{URL: "https://x.example/1"}).
		by("PROVIDER", &PublishPlan{URL: "https://x.example/2"}).at("2014-12-15 09:00").
		by("PROVIDER", &PublishProgress{URL: "https://x.example/m1"}).at("2015-01-09 09:00").
		by("PROVIDER", &PublishProgress{URL: "https://x.example/m2"}).
		by("CQC", &Reinspect{From: regimetest.At("2015-01-05"), To: regimetest.At("2015-01-07")}).
		by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "remain",
			Reason: "some progress"}).
		by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "more time", Length: regimetest.Period("7mo")}).
		by("CQC", &Reinspect{From: regimetest.At("2015-01-08")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "further-action"}).
		by("CQC", &RequireAdministration{Reason: "no progress", Consulted: "SOS, Monitor"}).
		by("MONITOR", &OrderAdministration{Reason: "as required", On: regimetest.At("2015-01-08 12:00")}).
		by("MONITOR", &RecordAdministrationStep{Step: Appointed, Note: "an office"}).
		by("CQC", &RecordAdministrationStep{Step: QualityStatement}).
		by("CQC", &FlagSafeguarding{About: regime.Adult, What: "falls."}).
		by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "the lead was told"}).
		by("CQC", &FlagSafeguarding{About: regime.Child}).
		by(regimetest.Nhse, &NotifyChildrenBoard{Flag: "S2", How: "by telephone"}).
		by(regimetest.Nhse, &EngageChildrenBoard{Flag: "S2", How: "it attends"}).
		by(regimetest.Nhse, &ConsiderPolice{Flag: "S2", Answer: "no", Reason: "no crime"}).
		by("CQC", &RequestImpact{Considers: "closing a ward", Asked: []regime.Party{"MONITOR", "CCG"}}).
		by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "hardly any"}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "the report"}).
		by("CQC", &AnswerInformation{Request: "Q1", Answer: "not yet", Declined: true}).
		by("MONITOR", &ConsiderBestPlaced{Answer: "jointly", With: []regime.Party{"CQC"}, Reason: "both act"}).
		by("LA_COMM", &WarnPublic{}).by("LA_COMM",
		&WarnPublic{What: "a notice", URL: "https://x.example/w", Planned: regimetest.At("2015-01-10 09:00")}).
		by("CQC", &CorrectProvider{Type: regime.NHSTrust, Reason: "the register erred"}).
		by("CQC", &LinkCase{To: "abcd-efgh", Reason: "the same service"}).at("2015-01-20 09:00")
}

func TestR77_TheRecordOfACaseThatGoesItsWholeWay(t *testing.T) {
	regimetest.SameText(t, coordinated(t).story(), "case/coordinated.txt")
}

func TestR77_TheRecordOfACaseInWhichEachBodyUsesItsPowers(t *testing.T) {
	regimetest.SameText(t, regulated(t).story(), "case/regulated.txt")
}

func TestTheBoardOfACaseSaysWhereItStandsInEveryState(t *testing.T) {
	states := everyState(t)
	states["after measures"] = placed(t).at("2014-10-20 10:00").
		by("CQC", &Reinspect{From: regimetest.At("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: ExitWithSupport, Reason: "x"})
	states["by its powers"] = regulated(t)
	states["extended"] = placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "remain"}).
		by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x"}).
		by("CQC", warn()).by("CQC", &UsePower{Power: "P-CQC-7"}).
		by("CQC", &OpenReferral{Profession: "doctor"})
	states["declined"] = open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"})
	states["recommended"] = open(t, kingsLynn, "2013-10-01 10:00").
		by("CQC", &RecommendMeasures{Reason: "x"})
	states["cannot agree"] = judged(t, kingsLynn).by("CCG", &CannotAgree{})
	states["a demonstration"] = open(t, kingsLynn, "2013-10-01 10:00")
	states["a demonstration"].c.Demonstration = true
	var got []string
	for _, name := range slices.Sorted(maps.Keys(states)) {
		got = append(got, "# "+name+"\n"+states[name].c.Board(states[name].now.Add(24*time.Hour)))
	}
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "case/boards.txt")
}

func TestTheExplanationsOfACaseSayWhyBySourceAndByWhom(t *testing.T) {
	var got []string
	explain := func(s *script, whats ...string) {
		for _, what := range whats {
			e, err := s.c.Why(what)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			text := "# " + what + "\n" + e.Title
			for _, p := range e.Points {
				text += "\n" + p.On + ": " + p.Says
			}
			for _, r := range e.Rungs {
				text += "\nrung " + fmt.Sprint(r)
			}
			for _, h := range e.Told {
				text += "\ntold " + fmt.Sprint(h)
			}
			for _, r := range e.Rules {
				text += "\n" + r.ID
			}
			got = append(got, text)
		}
	}
	s := coordinated(t)
	for i := range s.c.Duties {
		if i%3 == 0 {
			explain(s, s.c.Duties[i].ID)
		}
	}
	for i := range s.c.Notices {
		if i%4 == 0 {
			explain(s, s.c.Notices[i].ID)
		}
	}
	explain(s, "1", "12", "24", " 42 ", "r27", "R59", "T8", "A37", "CQC", "ccg/07k", "GMC", "LSCB",
		"POLICE", "provider", "NHS England")
	explain(placed(t).at("2013-12-30 10:00"), "D1", "D2", "D3", "D4")
	explain(triggered(t, kingsLynn), "CQC")
	explain(triggered(t, kingsLynn).by(regimetest.Nhse, soon(triggered(t, kingsLynn))), "CQC", "CCG/07K", "GMC")
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "case/why.txt")
}
