package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func soon(s *script) *ConveneSummit { return &ConveneSummit{At: s.now.AddDate(0, 0, 1)} }

func TestT3_R15_R17_TheSummitIsConvenedAnsweredAndOpenedByWhomAndWhenItMayBe(t *testing.T) {
	watched, convening, session, ended := open(t, kingsLynn, "2013-09-10 09:00"), triggered(t, kingsLynn),
		inSession(t, kingsLynn), inSession(t, kingsLynn).by(regimetest.Nhse, &EndSummit{})
	convened := convening.copied().by(regimetest.Nhse, soon(convening))
	adjourned := session.copied().by(regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-12 15:00")})
	open := func(chair regime.Party, there ...regime.Party) *OpenSummit {
		return &OpenSummit{Chair: chair,
			Attending: there}
	}
	tryAll(t,
		trial{watched, regimetest.Nhse, soon(watched), "T3: "}, trial{session, regimetest.Nhse, soon(session), "T3: "},
		trial{convening, "CQC", soon(convening), ""}, trial{convening, "NHSCB/Y55", soon(convening), ""},
		trial{convening, "GMC", soon(convening), "R15: "},
		trial{convening, "PROVIDER", soon(convening), "R15: "},
		trial{convened, regimetest.Nhse, soon(convening), ""},
		trial{convening, regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12"), Also: []regime.Party{"GMC"}}, "R15: "},
		trial{convening, regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12"), LeftOut: []regime.Party{"CCG/07K"}}, "R15: "},
		trial{convening, regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12"), LeftOut: []regime.Party{"CCG/07K"},
			WhyNot: "x"}, ""},
		trial{convening, regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12"), Why: "x", WhyNot: "x"}, ""},
		trial{convened, "CQC", &ReplyToInvitation{Answer: "attending"}, ""},
		trial{convened, "CCG/07K", &ReplyToInvitation{Answer: "attending"}, "R15: "},
		trial{session, "CQC", &ReplyToInvitation{Answer: "attending"}, "T3: "},
		trial{convened, "CQC", &GivePage{Page: "x"}, ""},
		trial{convened, "CCG/07K", &GivePage{Page: "x"}, "R15: "},
		trial{session, "CQC", &GivePage{Page: "x"}, "T3: "},
		trial{convened, regimetest.Nhse, &SendSummitPack{}, "no page has come yet"},
		trial{convened.copied().by("CQC", &GivePage{Page: "x"}), regimetest.Nhse, &SendSummitPack{}, ""},
		trial{convened.copied().by("CQC", &GivePage{Page: "x"}), "CQC", &SendSummitPack{}, "R73: "},
		trial{session, regimetest.Nhse, &SendSummitPack{}, "T3: "},
		trial{watched, regimetest.Nhse, open("", "CQC"), "T3: "}, trial{session, regimetest.Nhse, open("", "CQC"), "T3: "},
		trial{ended, regimetest.Nhse, open("", "CQC"), "T3: "}, trial{adjourned, regimetest.Nhse, open("", "CQC"), ""},
		trial{convening, regimetest.Nhse, open("GMC", "CQC"), "R15: "},
		trial{convening, "GMC", open(regimetest.Nhse, "CQC"), "R15: "},
		trial{convening, "CQC", open("MONITOR", "CQC"), ""},
		trial{convening, regimetest.Nhse, open("", "CQC", "PROVIDER"), "--with-provider"},
	)
}

func TestT4_R1_R18_TheSummitIsAdjournedEndedAndSignedByItsChair(t *testing.T) {
	session := inSession(t, kingsLynn)
	adjourned := session.copied().by(regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-12 15:00")})
	ended := session.copied().by(regimetest.Nhse, &EndSummit{})
	answered := ended.copied().by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"})
	tryAll(t,
		trial{session, "CQC", &AdjournSummit{Until: regimetest.At("2013-09-13 09:00")}, "R1: "},
		trial{adjourned, regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-13 09:00")}, "T4: "},
		trial{triggered(t, kingsLynn), regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-13 09:00")}, "T4: "},
		trial{session, "CQC", &EndSummit{}, "R1: "}, trial{adjourned, regimetest.Nhse, &EndSummit{}, ""},
		trial{ended, regimetest.Nhse, &EndSummit{}, "T4: "},
		trial{session, regimetest.Nhse, &SignSummit{Record: "what was agreed"}, "T4: "}, trial{answered, "CQC", &SignSummit{Record: "what was agreed"}, "R1: "},
		trial{ended, regimetest.Nhse, &SignSummit{Record: "what was agreed"}, "R18: "}, trial{answered, regimetest.Nhse, &SignSummit{Record: "what was agreed"}, ""},
		trial{answered.copied().by(regimetest.Nhse, &SignSummit{Record: "what was agreed"}), regimetest.Nhse, &SignSummit{Record: "what was agreed"}, "already been signed"},
		trial{answered.copied().by("CQC", &FlagSafeguarding{About: regime.Adult}), regimetest.Nhse, &SignSummit{Record: "what was agreed"}, "R40: "},
		trial{answered.copied().by("CQC", &FlagSafeguarding{About: regime.Child}), regimetest.Nhse, &SignSummit{Record: "what was agreed"}, "R41: "},
	)
}

func TestR23_R27_T4_JudgementsAreGivenByWhomAndWhenTheyMayBe(t *testing.T) {
	watched, convening, session, over := open(t, kingsLynn, "2013-09-10 09:00"), triggered(t, kingsLynn),
		inSession(t, kingsLynn), judged(t, kingsLynn)
	own := &JudgeForOneself{View: "x"}
	sealed := &JudgeForOneself{View: "x", Sealed: true}
	tryAll(t,
		trial{watched, "CQC", &JudgeBreach{Value: PotentialBreach}, ""},
		trial{watched, regimetest.Nhse, &JudgeBreach{Value: PotentialBreach}, "R23: "},
		trial{watched, "MONITOR", own, ""}, trial{watched, "PROVIDER", own, "R8: "},
		trial{watched, "GMC", own, "R15: "},
		trial{watched, "MONITOR", sealed, "no collective judgement to come"},
		trial{convening, "MONITOR", sealed, ""},
		trial{over, "MONITOR", sealed, "no collective judgement to come"},
		trial{over, "MONITOR", own, ""},
		trial{convening, regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}, "T4: the summit has not opened"},
		trial{session, "CQC", &JudgeCollectively{Value: ActualFailure}, "T4: the chair"},
		trial{session, regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}, ""},
		trial{session.copied().by(regimetest.Nhse, &EndSummit{}), regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}, ""},
		trial{over, regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}, "R27: "},
		trial{convening.copied().by("MONITOR", sealed), regimetest.Nhse, &OpenSealedViews{}, "T4: "},
		trial{session, regimetest.Nhse, &OpenSealedViews{}, "no view is sealed"},
		trial{session.copied().by("MONITOR", sealed), "CQC", &OpenSealedViews{}, "R1: "},
		trial{session.copied().by("MONITOR", sealed), regimetest.Nhse, &OpenSealedViews{}, ""},
		trial{session.copied().by("MONITOR", sealed).by(regimetest.Nhse, &EndSummit{}), regimetest.Nhse, &OpenSealedViews{}, ""},
	)
}

func TestR28_R29_R8_T6_T7_T11_TheRingIsProposedAgreedAndPassedOnByWhomAndWhenItMayBe(t *testing.T) {
	watched, convening, pending := open(t, kingsLynn, "2013-09-10 09:00"), triggered(t, kingsLynn),
		judged(t, kingsLynn)
	stoodDown := everyStage(t)[regime.StoodDown]
	proposed := pending.copied().by("CCG", &ProposeRingHolder{Candidate: "MONITOR"})
	accepted := proposed.copied().by("MONITOR", &AcceptRing{})
	byDefault, byAgreement := responding(t, kingsLynn), accepted.copied().at("2013-09-13 04:10")
	leaving := byAgreement.copied().by("MONITOR", &WithdrawFromRing{Reason: "x"})
	closed := everyStage(t)[regime.Closed]
	to := func(p regime.Party) *ProposeRingHolder { return &ProposeRingHolder{Candidate: p} }
	assent, object := &AssentToRingHolder{Candidate: "MONITOR"},
		&ObjectToRingHolder{Candidate: "MONITOR", Reason: "x"}
	tryAll(t,
		trial{watched, "CCG/07J", to("MONITOR"), "T6: "}, trial{convening, "CCG/07J", to("MONITOR"), ""},
		trial{stoodDown, "CCG/07J", to("MONITOR"), "T6: "},
		trial{byDefault, "CCG/07J", to("MONITOR"), "R28: "},
		trial{leaving, "CCG/07J", to("CQC"), ""}, trial{pending, "PROVIDER", to("MONITOR"), "R8: "},
		trial{pending, "GMC", to("MONITOR"), ""}, trial{pending, "NMC", to("MONITOR"), "R15: "},
		trial{pending, "CCG/07J", to("NMC"), "R28: "},
		trial{proposed, "CQC", to("MONITOR"), "already been proposed"},
		trial{watched, "MONITOR", &AcceptRing{}, "T6: "},
		trial{pending, "MONITOR", &AcceptRing{}, "R29: "},
		trial{byDefault, "MONITOR", &AcceptRing{}, "R28: "},
		trial{proposed, "MONITOR", &AcceptRing{}, ""},
		trial{proposed, "MONITOR", &DeclineRing{Reason: "x"}, ""},
		trial{proposed, "CQC", &DeclineRing{Reason: "x"}, "R29: "},
		trial{byDefault, regimetest.Nhse, &DeclineRing{Reason: "x"}, "A11: "},
		trial{byAgreement, "MONITOR", &DeclineRing{Reason: "x"}, "R29: "},
		trial{byDefault, "CQC", assent, "R28: "}, trial{accepted, "PROVIDER", assent, "R8: "},
		trial{accepted, "NMC", assent, "R15: "},
		trial{pending, "CQC", assent, "has not been proposed"}, trial{accepted, "CQC", assent, ""},
		trial{byDefault, "CQC", object, "R28: "}, trial{accepted, "PROVIDER", object, "R8: "},
		trial{accepted, "NMC", object, "R15: "},
		trial{pending, "CQC", object, "has not been proposed"}, trial{accepted, "CQC", object, ""},
		trial{accepted, "CQC", &ObjectToRingHolder{Candidate: "MONITOR"}, "an objection says why"},
		trial{accepted, "CQC", &ObjectToRingHolder{Candidate: "MONITOR", Withdraw: true}, ""},
		trial{pending, "PROVIDER", &CannotAgree{}, "R8: "},
		trial{pending, "NMC", &CannotAgree{}, "R15: "},
		trial{byDefault, "CCG/07J", &CannotAgree{}, "R28: "},
		trial{convening, "CCG/07J", &CannotAgree{}, "T7: "},
		trial{pending, "CCG/07J", &CannotAgree{}, ""}, trial{leaving, "CCG/07J", &CannotAgree{}, ""},
		trial{pending, regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}, "R28: "},
		trial{byDefault, "CQC", &HandOverRing{To: "MONITOR", Reason: "x"}, "T11: "},
		trial{byDefault, regimetest.Nhse, &HandOverRing{To: "NMC", Reason: "x"}, "R28: "},
		trial{byDefault, regimetest.Nhse, &HandOverRing{To: regimetest.Nhse, Reason: "x"}, "R28: "},
		trial{byDefault, regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}, ""},
		trial{pending, "MONITOR", &WithdrawFromRing{Reason: "x"}, "T11: nobody holds the ring"},
		trial{byAgreement, "CQC", &WithdrawFromRing{Reason: "x"}, "T11: "},
		trial{byDefault, regimetest.Nhse, &WithdrawFromRing{Reason: "x"}, "A11: "},
		trial{byAgreement, "MONITOR", &WithdrawFromRing{Reason: "x"}, ""},
		trial{leaving, "MONITOR", &WithdrawFromRing{Reason: "x"}, "already been recorded"},
		trial{closed, regimetest.Nhse, &WithdrawFromRing{Reason: "x"}, "2.4: "},
	)
}

func TestR33_R34_T8_T12_S2x4_TheResponseIsLedAndEndedByTheRingHolder(t *testing.T) {
	pending, begun := judged(t, kingsLynn), responding(t, kingsLynn)
	met := begun.copied().by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}})
	recorded := met.copied().by("CCG", &UsePower{Power: "P-COM-3"}).by(regimetest.Nhse, &RecordMeeting{Record: "x"})
	fixed := begun.copied().by(regimetest.Nhse, &ScheduleMeeting{At: begun.now.AddDate(0, 0, 1)})
	ready := closable(t)
	watching := ready.copied().by(regimetest.Nhse, &BeginMonitoring{Reason: "x"})
	proposed := ready.copied().by(regimetest.Nhse, &ProposeClosing{})
	hold, next := &HoldMeeting{Present: []regime.Party{"CQC"}},
		func(s *script) Act { return &ScheduleMeeting{At: s.now.AddDate(0, 0, 1)} }
	tryAll(t,
		trial{pending, regimetest.Nhse, next(pending), "R34: "}, trial{begun, "CQC", next(begun), "R34: "},
		trial{begun, regimetest.Nhse, next(begun), ""}, trial{watching, regimetest.Nhse, next(watching), ""},
		trial{pending, regimetest.Nhse, hold, "R33: "}, trial{begun, "CQC", hold, "R33: "},
		trial{watching, regimetest.Nhse, hold, ""},
		trial{begun, regimetest.Nhse, &RecordMeeting{Record: "x"}, "no meeting is waiting"},
		trial{met, regimetest.Nhse, &RecordMeeting{Record: "x"}, ""},
		trial{recorded, regimetest.Nhse, &RecordMeeting{Record: "x"}, "no meeting is waiting"},
		trial{fixed, regimetest.Nhse, &RecordMeeting{Record: "x"}, "no meeting is waiting"},
		trial{met, "CQC", &RecordMeeting{Record: "x"}, "R33: "},
		trial{begun, regimetest.Nhse, &BeginMonitoring{Reason: "x"}, "T8: "},
		trial{fixed, regimetest.Nhse, &BeginMonitoring{Reason: "x"}, "T8: "},
		trial{recorded, regimetest.Nhse, &BeginMonitoring{Reason: "x"}, ""},
		trial{met, "CQC", &BeginMonitoring{Reason: "x"}, "T12: "},
		trial{watching, regimetest.Nhse, &BeginMonitoring{Reason: "x"}, "T12: the case is past"},
		trial{met.copied().by(regimetest.Nhse, propose("CQC")), regimetest.Nhse, &BeginMonitoring{Reason: "x"},
			"T12: action has not been taken"},
		trial{fixed, regimetest.Nhse, &ProposeClosing{}, "T8: "}, trial{ready, regimetest.Nhse, &ProposeClosing{}, ""},
		trial{watching, regimetest.Nhse, &ProposeClosing{}, ""},
		trial{proposed, regimetest.Nhse, &ProposeClosing{}, "already been proposed"},
		trial{ready, "CQC", &ObjectToClosing{Reason: "x"}, "T12: "},
		trial{proposed, "PROVIDER", &ObjectToClosing{Reason: "x"}, "R8: "},
		trial{proposed, "NMC", &ObjectToClosing{Reason: "x"}, "R15: "},
		trial{proposed, "CQC", &ObjectToClosing{Reason: "x"}, ""},
		trial{ready, regimetest.Nhse, &CloseCase{}, "T12: closing has not"},
		trial{proposed, "CQC", &CloseCase{}, "T12: "}, trial{proposed, regimetest.Nhse, &CloseCase{}, "R92: "},
	)
}

// Where nobody holds the ring, those propose the closing who see to the case.
func TestR34_S2x4_ACaseThatNeverCameToAResponseIsClosedByWhoSeesToIt(t *testing.T) {
	level := &SetLevel{Level: "enhanced", Reason: "x"}
	watched := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, level)
	another := inSession(t, kingsLynn).by(regimetest.Nhse, &EndSummit{}).
		by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).by(regimetest.Nhse, level).
		by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).by(regimetest.Nhse, &SendLetter{})
	another.c.Summit.Chair = "CQC"
	tryAll(t,
		trial{watched, regimetest.Nhse, &ProposeClosing{}, ""},
		trial{watched, "MONITOR", &ProposeClosing{}, ""}, // who decides on measures},
		trial{watched, "CQC", &ProposeClosing{}, "R34: "},
		trial{watched, "CCG/07J", &ProposeClosing{}, "R34: "},
		trial{another, regimetest.Nhse, &ProposeClosing{}, ""}, trial{another, "CQC", &ProposeClosing{}, ""},
		trial{another, "CCG/07J", &ProposeClosing{}, "R34: "},
		trial{inSession(t, kingsLynn), regimetest.Nhse, &ProposeClosing{}, "T12: "},
	)
	if !watched.c.AftercareEnds().IsZero() {
		t.Error("an open case has an aftercare")
	}
}
