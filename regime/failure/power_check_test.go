package failure

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// against is a case about a provider of a type that the power applies to.
func against(t *testing.T, row regime.PowerRow) *script {
	p := kingsLynn
	p.Type = typeFor(t, row, p.Type)
	return open(t, p, "2014-11-03 09:00")
}

// typeFor is a type of provider that the power's first owner can use it against, or the given one.
func typeFor(t *testing.T, row regime.PowerRow, or regime.ProviderType) regime.ProviderType {
	for _, kind := range append([]regime.ProviderType{or}, england(t).Types()...) {
		p, _ := england(t).ProviderRow(kind)
		if row.Fits(kind) && (!row.Contract || slices.Contains(p.CommissionedBy, row.Owners[0])) {
			return kind
		}
	}
	t.Fatalf("%s fits no type", row.ID)
	return or
}

// pointed tells whether 'power use' shows the way to the power's own verb.
func pointed(row regime.PowerRow) bool { return row.Verb != "" && !row.Urgency.AtOnce() }

func england(t *testing.T) *regime.Profile {
	p, ok := regime.ProfileNamed("ENGLAND_2013")
	if !ok {
		t.Fatal("no profile")
	}
	return p
}

func TestTheTableHasEveryPowerAndItsSource(t *testing.T) {
	want := map[string]int{"CQC": 12, "MON": 9, "TDA": 5, "COM": 7, "PRO": 3, "EDU": 1, "SAF": 2, "POL": 1,
		"HW": 1, "SOS": 1, "PROV": 1, "ANY": 1}
	got := map[string]int{}
	roles := strings.Fields("members support provider performance-manager perf inspector commissioners")
	p := england(t)
	for _, r := range p.Powers {
		family := strings.Split(string(r.ID), "-")[1]
		got[family]++
		if want := regime.PowerID("P-" + family + "-" + strconv.Itoa(got[family])); r.ID != want {
			t.Errorf("%s stands where %s should", r.ID, want)
		}
		if r.Says == "" || r.Basis == "" || r.Source == "" || !strings.Contains("I F O I-F I-O F-O", string(r.Urgency)) {
			t.Errorf("%s is incomplete", r.ID)
		}
		if r.Verb != "" && !isVerb(r.Verb) {
			t.Errorf("%s is recorded by %q, which is no verb", r.ID, r.Verb)
		}
		if r.Alone == (r.Needs != "") {
			t.Errorf("%s: used alone, or needing whom? %q", r.ID, r.Needs)
		}
		for _, role := range slices.Concat(r.Copies, r.Tell) {
			if !slices.Contains(roles, string(role)) {
				t.Errorf("%s tells %q, who is nobody", r.ID, role)
			}
		}
		for _, b := range append(append([]regime.Body{}, r.Owners...), r.LiftedBy...) {
			if !p.Knows(b) {
				t.Errorf("%s is owned by %s, who is nobody", r.ID, b)
			}
		}
		for _, a := range r.Also {
			if _, ok := regime.RuleNamed(a.Rule); !ok || !p.Knows(a.Body) {
				t.Errorf("%s also tells %+v", r.ID, a)
			}
		}
	}
	for family, n := range want {
		if got[family] != n {
			t.Errorf("P-%s: %d powers, want %d", family, got[family], n)
		}
	}
}

func TestR4_EachPowerIsTakenFromItsOwnersAndRefusedToEveryOtherBody(t *testing.T) {
	p := england(t)
	for _, row := range p.Powers {
		owned := 0
		for _, body := range p.Bodies {
			if body.Code == regime.QSGLocal || body.Code == regime.QSGRegional || body.Code == regime.Guest {
				continue // R68 refuses them everything
			}
			err := against(t, row).perform(regime.Party(body.Code), &UsePower{Power: row.ID})
			var m *regime.Mistake
			switch {
			case !p.Owns(body.Code, row):
				if regime.RefusedBy(err) != "R4" {
					t.Errorf("%s by %s: %v", row.ID, body.Code, err)
				}
				continue
			case pointed(row):
				if !regimetest.AsMistake(err, &m) || !strings.Contains(m.Reason, "'"+row.Verb+"'") {
					t.Errorf("%s by %s should point to %q: %v", row.ID, body.Code, row.Verb, err)
				}
			case err != nil:
				t.Errorf("%s by its owner %s: %v", row.ID, body.Code, err)
			}
			owned++
		}
		if owned == 0 {
			t.Errorf("%s has no owner", row.ID)
		}
	}
}

func TestR4_EachPowerIsRefusedAgainstAProviderItDoesNotApplyTo(t *testing.T) {
	for _, row := range england(t).Powers {
		for _, kind := range england(t).Types() {
			p := kingsLynn
			p.Type = kind
			by := regime.Party(regime.CQC)
			if len(row.Owners) > 0 {
				by = regime.Party(row.Owners[0])
			}
			err := open(t, p, "2014-11-03 09:00").perform(by, &UsePower{Power: row.ID})
			if got := regime.RefusedBy(err) == "R4"; got == row.Fits(kind) {
				t.Errorf("%s against %s: %v", row.ID, kind, err)
			}
			if err != nil && !row.Fits(kind) && !strings.Contains(err.Error(), "'provider correct'") {
				t.Errorf("%s against %s does not say how a wrong type is put right: %v", row.ID, kind, err)
			}
		}
	}
}

func TestR4_AWrongProviderTypeIsCorrectedAtOnceAndHoldsUpNoAct(t *testing.T) {
	s := open(t, practice, "2014-11-03 09:00").refused("R4", "MONITOR", &UsePower{Power: "P-MON-3"}).
		by("CQC", &UsePower{Power: "P-CQC-1"}). // never guarded by type
		by("MONITOR", &CorrectProvider{Type: regime.FoundationTrust, Reason: "the register is wrong"})
	s.by("MONITOR", &UsePower{Power: "P-MON-3"})
	closed := everyStage(t)[regime.Closed]
	closed.by("CQC", &CorrectProvider{Type: regime.GPPractice, Reason: "x"}).by(regimetest.Nhse,
		&UsePower{Power: "P-COM-6"})
}

func TestR4_TheUrgentPowersOfCQCApplyToEveryProvider(t *testing.T) {
	for _, kind := range england(t).Types() {
		p := kingsLynn
		p.Type = kind
		s := open(t, p, "2013-09-10 09:00")
		for _, id := range []regime.PowerID{"P-CQC-1", "P-CQC-2"} {
			s.by("CQC", &UsePower{Power: id})
		}
	}
}

func TestR50_CommissionersHaveContractsAndNoEnforcement(t *testing.T) {
	s := responding(t, kingsLynn)
	for _, p := range []regime.Party{"CCG", regimetest.Nhse, "LA_COMM"} {
		s.refused("R50", p, &UsePower{Power: "P-COM-X"})
		err := s.perform(p, &UsePower{Power: "P-MON-5"})
		if regime.RefusedBy(err) != "R4" || !strings.Contains(err.Error(), "substituting staff is the regulators'") {
			t.Errorf("%s: %v", p, err)
		}
	}
	err := s.perform("CCG", &UsePower{Power: "P-CQC-1"})
	if err == nil || !strings.HasSuffix(err.Error(), "can use P-COM-1, P-COM-2, P-COM-3 and P-ANY-1; 'powers' tells what each does.") {
		t.Errorf("the refusal names what the body can do: %v", err)
	}
	s.by("CCG", &UsePower{Power: "P-COM-1"}).by("CCG/07K", &UsePower{Power: "p-com-2"})
}

func TestR68_AGroupUsesNoPower(t *testing.T) {
	open(t, kingsLynn, "2013-09-10 09:00").refused("R68", "QSG_LOCAL", &UsePower{Power: "P-ANY-1"})
}

func isVerb(command string) bool {
	return slices.ContainsFunc(Verbs(), func(v Verb) bool {
		return command == v.Path || strings.HasPrefix(command, v.Path+" --")
	})
}

func TestR1_R44_R51_APowerIsCompletedDecidedLiftedAndCertifiedByWhoMayWhenItCanBe(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	atOnce := s.copied().by("CQC", &UsePower{Power: "P-CQC-6"})
	noticed := s.copied().by("CQC", &UsePower{Power: "P-CQC-5"})
	decided := noticed.copied().by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"})
	lifted := decided.copied().by("CQC", &LiftPower{Use: "U1", Evidence: "x"})
	if u := noticed.c.OwnActs[0]; u.Until.IsZero() || !decided.c.OwnActs[0].Decided.Equal(s.now) ||
		!atOnce.c.OwnActs[0].Until.IsZero() {
		t.Fatalf("%+v", u)
	}
	tryAll(t,
		trial{noticed, "CQC", &CompletePower{Use: "U1"}, "say what is to be added"},
		trial{noticed, "MONITOR", &CompletePower{Use: "U1", Reason: "x"}, "R1: "},
		trial{noticed, "CQC", &CompletePower{Use: "U2", Reason: "x"}, "there is no use"},
		trial{noticed, "CQC", &CompletePower{Use: "u1", Reason: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Basis: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Details: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Discussed: []regime.Party{"MONITOR"}}, ""},
		trial{atOnce, "CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"},
			"waits for no decision"},
		trial{noticed, "MONITOR", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"}, "R1: "},
		trial{noticed, "CQC", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "x"}, ""},
		trial{decided, "CQC", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "x"}, "was decided on"},
		trial{noticed, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, "is not in force"},
		trial{decided, "MONITOR", &LiftPower{Use: "U1", Evidence: "x"}, "R1: "},
		trial{decided, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, ""},
		trial{lifted, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, "was lifted on"},
		trial{decided, "CQC", &LiftPower{Use: "U2", Evidence: "x"}, "there is no use"},
		trial{s, "CQC", &UsePower{Power: "P-CQC-99"}, "there is no power"},
		trial{s, "CCG/07J", &UsePower{Power: "P-COM-X"}, "R50: "},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Representations: regimetest.Period("28d")},
			"has no time for representations"},
		trial{s, "CQC", &IntendPower{Power: "P-MON-1"}, "R4: "},
		trial{s, "CQC", &IntendPower{Power: "P-CQC-6"}, ""},
	)
}
