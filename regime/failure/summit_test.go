package failure

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestT3_AnUnconvenedSummitEscalatesToTheRegionAndIsNeverCancelled(t *testing.T) {
	s := triggered(t, kingsLynn).at("2013-09-12 09:00")
	got := s.told("N4")
	if last := got[len(got)-1]; !strings.Contains(last, "NHSCB/Y55") || !strings.HasPrefix(last, "Thu 12 Sep 2013 09:00") {
		t.Fatalf("at 48 hours: %q", last)
	}
	s.at("2013-10-12 09:00").stage(regime.Convening).
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}).stage(regime.InSession)
}

func TestT3_ImmediateRiskHalvesTheTimeToConvene(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &TriggerRiskSummit{
		Concern: "x", Source: "inspection", Immediate: true})
	if d := s.duty(DutyConvene, ""); !d.Due.Equal(regimetest.At("2013-09-11 09:00")) {
		t.Fatalf("due %s", d.Due)
	}
	if len(s.told("N2")) != 1 {
		t.Fatal("nobody was told of the immediate risk")
	}
}

func TestR15_TheSummitInvitesThoseRelevantAndWhomTheCircumstancesAskFor(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.refused("R15", regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"),
		Also: []regime.Party{"GMC"}})
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"},
		Why: "trainees"})
	want := []regime.Party{"NHSCB/Q56", "CCG/07J", "LA_COMM/Q56", "MONITOR", "CQC", "LETB/Q56",
		"HEALTHWATCH_LOCAL/Q56", "GMC"}
	if got := s.c.Summit.invited(); !reflect.DeepEqual(got, want) {
		t.Fatalf("invited %v, want %v", got, want)
	}
	s.refused("R15", "CCG/07K", &ReplyToInvitation{Answer: "attending"})
	s.by("MONITOR", &ReplyToInvitation{Answer: "attending"}).at("2013-09-12 04:00")
	if got := s.told("N3"); len(got) != 2 || strings.Contains(got[1], "MONITOR") {
		t.Fatalf("Monitor has answered and is reminded: %v", got)
	}
}

// whoeverCame are those who came to a meeting, fewer and fewer of them.
var whoeverCame = [][]regime.Party{{"CQC", "MONITOR", "CCG"}, {"CCG"}, {"POLICE"}, {regimetest.Nhse}}

func TestR17_ASummitWithWhoeverCameIsValidFromItsOpeningToItsSignature(t *testing.T) {
	for _, present := range whoeverCame {
		s := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: present}).stage(regime.InSession)
		if said := s.c.Entries[len(s.c.Entries)-1].Text; slices.Contains(present, "CQC") ==
			strings.Contains(said, "Absent, which invalidates nothing (R17): CQC") {
			t.Errorf("%v came, and the record says: %s", present, said)
		}
		s.by(regimetest.Nhse, &EndSummit{}).by(regimetest.Nhse,
			&JudgeCollectively{Value: ActualFailure}).stage(regime.RingHolderPending).
			by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).by(regimetest.Nhse, &SignSummit{Record: "what was agreed"})
	}
}

func TestR16_NationalBodiesMayStayAwayFromSummitAndResponseMeetings(t *testing.T) {
	for _, present := range whoeverCame {
		s := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: present}).
			by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).by("CCG/07J", &CannotAgree{}).
			by(regimetest.Nhse, &HoldMeeting{Present: present, Record: "x"}).stage(regime.Responding)
		if d := s.duty(DutyFirstMeeting, ""); d.End != ledger.EndDone || d.Late() {
			t.Errorf("%v came: %+v", present, d)
		}
	}
}

func TestASummitThatIsResumedKeepsWhatItWas(t *testing.T) {
	s := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"),
		Also: []regime.Party{"CCG/07J", "GMC"}, Why: "x"})
	if got := s.c.Summit.invited(); slices.Index(got, "CCG/07J") != slices.Index(s.c.relevant(),
		"CCG/07J") || len(got) != len(s.c.relevant())+1 {
		t.Errorf("a party that is invited anyway is invited twice: %v", got)
	}
	again := s.copied().by("CQC", &ReplyToInvitation{Answer: "attending"}).
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 12:00")})
	if len(again.c.Summit.unanswered()) != len(again.c.Summit.Invited) {
		t.Errorf("at another time nobody has answered: %+v", again.c.Summit.Invited)
	}
	if d := again.duty(regime.DutyHoldSummit, ""); !d.Due.Equal(regimetest.At("2013-09-12 12:00")) {
		t.Errorf("%+v", d)
	}
	s.at("2013-09-12 10:00").by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Provider: true}).
		by(regimetest.Nhse, &AdjournSummit{Until: regimetest.At("2013-09-13 10:00")}).at("2013-09-13 10:00").
		by("CQC", &OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}})
	if m := s.c.Summit; !m.Opened.Equal(regimetest.At("2013-09-12 10:00")) || !m.ProviderIn || m.Adjourned ||
		m.Chair != "CQC" ||
		!slices.Equal(m.Attended, []regime.Party{regimetest.Nhse, "CQC", "MONITOR"}) {
		t.Errorf("%+v", m)
	}
	if other := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}); other.c.Summit.ProviderIn {
		t.Error("the provider did not take part")
	}
	adjourned := s.copied().by("CQC", &AdjournSummit{Until: regimetest.At("2013-09-14 10:00")}).by("CQC",
		&EndSummit{})
	if d := adjourned.duty(regime.DutyHoldSummit, ""); d.End != ledger.EndNotNeeded || adjourned.c.Summit.Adjourned {
		t.Errorf("%+v", d)
	}
	early := s.copied().by("CQC", &AdjournSummit{Until: regimetest.At("2013-09-14 10:00")}).
		by("CQC", &JudgeCollectively{Value: NoFailure})
	if d := early.duty(regime.DutyHoldSummit, ""); d.Open() || early.c.Summit.Ended.IsZero() ||
		!early.duty(DutySurveillanceLevel, "").Open() ||
		len(early.told("N12")) != 1 {
		t.Errorf("%+v %+v", d, early.c.Summit)
	}
}
