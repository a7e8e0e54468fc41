package regime

import (
	"strings"
	"testing"

	"holdthering/regime/calendar"
)

// against is a case about a provider of a type that the power applies to.
func against(t *testing.T, row PowerRow) *script {
	p := kingsLynn
	if len(row.ProviderTypes) > 0 {
		p.Type = row.ProviderTypes[0]
	}
	return open(t, p, "2014-11-03 09:00")
}

// pointed tells whether 'power use' shows the way to the power's own verb.
func pointed(row PowerRow) bool { return row.Verb != "" && !row.Urgency.AtOnce() }

func england(t *testing.T) *Profile {
	p, ok := ProfileNamed("ENGLAND_2013")
	if !ok {
		t.Fatal("no profile")
	}
	return p
}

func TestTheTableHasEveryPowerAndItsSource(t *testing.T) {
	want := map[string]int{"CQC": 12, "MON": 9, "TDA": 5, "COM": 7, "PRO": 3, "EDU": 1, "SAF": 2, "POL": 1,
		"HW": 1, "SOS": 1, "PROV": 1, "ANY": 1}
	got := map[string]int{}
	roles := strings.Fields("members support provider performance-manager perf cqc commissioners")
	p := england(t)
	for _, r := range p.Powers {
		family := strings.Split(string(r.ID), "-")[1]
		got[family]++
		if want := PowerID("P-" + family + "-" + itoa(got[family])); r.ID != want {
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
		for _, role := range append(append([]string{}, r.Copies...), r.Tell...) {
			if !containsWord(roles, role) {
				t.Errorf("%s tells %q, who is nobody", r.ID, role)
			}
		}
		for _, b := range append(append([]Body{}, r.Owners...), r.LiftedBy...) {
			if !p.Knows(b) {
				t.Errorf("%s is owned by %s, who is nobody", r.ID, b)
			}
		}
		for _, a := range r.Also {
			if _, ok := RuleNamed(a.Rule); !ok || !p.Knows(a.Body) {
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

func TestTheChangesOfTheLawHaveADayAndASource(t *testing.T) {
	for _, p := range Profiles() {
		for _, ch := range []Change{TrustWarnings, LongerReports} {
			if !p.Changed(ch, at("2190-01-01")) || p.Changed(ch, at("2013-04-01")) {
				t.Errorf("%s: %s never happens, or always", p.Name, ch)
			}
		}
		for _, r := range p.Changes {
			if _, err := calendar.ParseInstant(r.From); err != nil || r.Source == "" || r.Basis == "" {
				t.Errorf("%s: %+v %v", p.Name, r, err)
			}
		}
	}
}

func TestR4_EachPowerIsTakenFromItsOwnersAndRefusedToEveryOtherBody(t *testing.T) {
	p := england(t)
	for _, row := range p.Powers {
		owned := 0
		for _, body := range p.Bodies {
			if body.Code == QSGLocal || body.Code == QSGRegional {
				continue // R68 refuses them everything
			}
			err := against(t, row).perform(Party(body.Code), &UsePower{Power: row.ID})
			var m *Mistake
			switch {
			case !p.Owns(body.Code, row):
				if RefusedBy(err) != "R4" {
					t.Errorf("%s by %s: %v", row.ID, body.Code, err)
				}
				continue
			case pointed(row):
				if !asMistake(err, &m) || !strings.Contains(m.Reason, "'"+row.Verb+"'") {
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
		for _, kind := range ProviderTypes {
			p := kingsLynn
			p.Type = kind
			by := Party(CQC)
			if len(row.Owners) > 0 {
				by = Party(row.Owners[0])
			}
			err := open(t, p, "2014-11-03 09:00").perform(by, &UsePower{Power: row.ID})
			if got := RefusedBy(err) == "R4"; got == row.Fits(kind) {
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
		by("MONITOR", &CorrectProvider{Type: FoundationTrust, Reason: "the register is wrong"})
	s.by("MONITOR", &UsePower{Power: "P-MON-3"})
	closed := everyStage(t)[Closed]
	closed.by("CQC", &CorrectProvider{Type: GPPractice, Reason: "x"}).by(nhse, &UsePower{Power: "P-COM-6"})
}

func TestR4_TheUrgentPowersOfCQCApplyToEveryProvider(t *testing.T) {
	for _, kind := range ProviderTypes {
		p := kingsLynn
		p.Type = kind
		s := open(t, p, "2013-09-10 09:00")
		for _, id := range []PowerID{"P-CQC-1", "P-CQC-2"} {
			s.by("CQC", &UsePower{Power: id})
		}
	}
}

func TestR50_CommissionersHaveContractsAndNoEnforcement(t *testing.T) {
	s := responding(t, kingsLynn)
	for _, p := range []Party{"CCG", nhse, "LA_COMM"} {
		s.refused("R50", p, &UsePower{Power: "P-COM-X"})
		err := s.perform(p, &UsePower{Power: "P-MON-5"})
		if RefusedBy(err) != "R4" || !strings.Contains(err.Error(), "substituting staff is the regulators'") {
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
