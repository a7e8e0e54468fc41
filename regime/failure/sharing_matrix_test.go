package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

// kindsOfCase are cases about every type of provider, and those that lie otherwise in the land.
func kindsOfCase(t *testing.T) []*script {
	var out []*script
	for _, kind := range england(t).Types() {
		p := kingsLynn
		p.Type = kind
		out = append(out, open(t, p, "2013-09-10 09:00"))
	}
	wide, nowhere := kingsLynn, kingsLynn
	wide.OtherAreas = []string{"Q49"}
	nowhere.AreaTeam, nowhere.LeadCCG = "", ""
	out = append(out, open(t, wide, "2013-09-10 09:00"), open(t, nowhere, "2013-09-10 09:00"),
		open2022(t, norwich))
	out[len(out)-3].c.Units = []regime.UnitName{{Party: "CCG/07J", Name: "West Norfolk CCG"},
		{Party: "CCG/07K", Name: "West Suffolk CCG"}}
	return out
}

func TestR79_R80_WhoIsToldOfWhatIsWhatTheMatrixSaysForEachTypeOfProvider(t *testing.T) {
	var got []string
	for _, s := range kindsOfCase(t) {
		c := s.c
		lines := []string{"# " + c.Profile + " " + string(c.Provider.Type) + " of " +
			c.Provider.AreaTeam + " " +
			strings.Join(c.Provider.OtherAreas, " ")}
		for _, row := range c.profile().Matrix {
			for _, of := range []regime.Profession{"", "doctor"} {
				line := string(row.Kind) + " " + string(of) + ": " + regimetest.PartyWords(c.ToTell(row.Kind, of)) +
					"; forum: " + regimetest.PartyWords(c.ToTell(row.Kind, of, regime.Forum)) + "; considered:"
				for _, k := range c.toConsider(row, of) {
					line += " " + k.To + "=" + string(k.Party) + " " + k.If
				}
				lines = append(lines, line)
			}
		}
		got = append(got, strings.Join(lines, "\n"))
	}
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "case/matrix.txt")
}

func TestR12_R31_R55_EachBodyIsCompletedNamedAndHasItsPartByTheProvider(t *testing.T) {
	var got []string
	for _, s := range kindsOfCase(t) {
		c := s.c
		lines := []string{"# " + c.Profile + " " + string(c.Provider.Type) + " of " +
			c.Provider.AreaTeam + " " +
			strings.Join(c.Provider.OtherAreas, " "),
			"support " + string(c.support()) + ", region " + string(c.region()) + ", decider " +
				string(c.decider()) +
				", by default holds the ring " + string(c.defaultRingHolder()) +
				c.conflict(c.defaultRingHolder()),
			"relevant: " + regimetest.PartyWords(c.relevant())}
		for _, role := range []string{"perf", "performance-manager", "commissioners", "adult-safeguarding",
			"child-safeguarding", "council"} {
			lines = append(lines, role+": "+regimetest.PartyWords(c.roleParties(regime.Role(role), ledger.Duty{})))
		}
		for _, b := range c.profile().Bodies {
			p := c.ResolveUnit(regime.Party(b.Code))
			lines = append(lines, string(b.Code)+": "+string(p)+", "+c.Name(p))
		}
		lines = append(lines, "CCG/07K: "+string(c.ResolveUnit("CCG/07K"))+", "+c.Name("CCG/07K"))
		got = append(got, strings.Join(lines, "\n"))
	}
	regimetest.SameText(t, strings.Join(got, "\n\n")+"\n", "case/parties.txt")
}

// Of a body with two seats none is meant by the body alone; of one with a single seat that one.
func TestABodyAloneMeansItsOnlySeat(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	s.c.Members = []Member{{Party: "LETB/Q1"}, {Party: "PHE/Q1"}, {Party: "PHE/Q2"}}
	for body, want := range map[regime.Party]regime.Party{"LETB": "LETB/Q1", "PHE": "PHE/Q56", "GMC": "GMC",
		"PHE/Q2": "PHE/Q2"} {
		if got := s.c.ResolveUnit(body); got != want {
			t.Errorf("%s is %s", body, got)
		}
	}
}

func TestACaseOpensOnlyWithWhatItNeeds(t *testing.T) {
	whole := Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Provider: kingsLynn,
		Members: regimetest.Members("Q56")}
	if _, err := Open(whole, regimetest.At("2013-09-10")); err != nil {
		t.Fatal(err)
	}
	for says, spoil := range map[string]func(*Opening){
		"there is no profile":   func(o *Opening) { o.Profile = "X" },
		"needs a reference":     func(o *Opening) { o.Ref = "" },
		"with code":             func(o *Opening) { o.Provider.Code = "" },
		"code and name":         func(o *Opening) { o.Provider.Name = "" },
		"control character":     func(o *Opening) { o.Provider.Town = "Ely\x07" },
		"has no provider type":  func(o *Opening) { o.Provider.Type = "SHIP" },
		"is no body of profile": func(o *Opening) { o.Members = []regime.Party{"CQC", "NOBODY"} },
	} {
		o := whole
		spoil(&o)
		if c, err := Open(o, regimetest.At("2013-09-10")); err == nil || !strings.Contains(err.Error(), says) ||
			c != nil {
			t.Errorf("%q: %v", says, err)
		}
	}
}

func TestAnInputIsTakenToTheVeryEdgeOfWhatCanBeMeant(t *testing.T) {
	s := judged(t, kingsLynn)
	note := func(text string) Act { return &AddNote{Text: text} }
	tryAll(t,
		trial{s, "CQC", note(strings.Repeat("ä", regime.MaxText)), ""},
		trial{s, "CQC", note(strings.Repeat("ä", regime.MaxText+1)), "at most"},
		trial{s, "CQC", note("a\nb\tc"), ""}, trial{s, "CQC", note("a\x07"), "control character"},
		trial{s, "CQC", note("a\u2028"), "control character"},
		trial{s, "CQC", note("a\u2029"), "control character"},
		trial{s, "CQC", note("\xff"), "not readable text"},
		trial{s, "CQC", note(""), "--what is missing"},
		trial{s, "CQC", &WarnPublic{Planned: regimetest.At("2014-09-12 16:10")}, ""},
		trial{s, "CQC", &WarnPublic{Planned: regimetest.At("2014-09-12 16:11")}, "is the year right?"},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Taken: regimetest.At("2011-09-12 16:09")}, "is the year right?"},
		trial{s, "CQC", &WarnPublic{Planned: regimetest.At("2199-12-31").AddDate(0, 0, 1)}, "the year 2200"},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Taken: regimetest.At("2011-09-12 16:10")}, ""},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Taken: regimetest.At("1990-01-01").AddDate(0, 0, -1)},
			"the year 1989"},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Discussed: []regime.Party{"MONITOR", "a\x07"}},
			"control character"},
		trial{s, "CQC", &JudgeBreach{Value: "perhaps"}, "is not one of"},
		trial{s, "NOBODY", note("x"), "is no body"}, trial{s, "QSG_LOCAL", note("x"), "R68: "},
		trial{s, "QSG_REGIONAL", note("x"), "R68: "},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Discussed: []regime.Party{"NOBODY"}}, "is no body"},
	)
	if got := words.Clip("abcd", 4) + words.Clip("abcde", 4) + words.Clip("äöüäö", 4); got != "abcdabcd...äöüä..." {
		t.Error(got)
	}
}

func TestR14_WhatIsProtectedByItsKindOrSourceIsInConfidenceUnasked(t *testing.T) {
	protected := 0
	for _, row := range regime.FirstProfile().Matrix {
		a := &RecordConcern{Kind: row.Kind, What: "x", Source: "media"}
		if a.InConfidence() != row.Protect {
			t.Errorf("%s: %v", row.Kind, a.InConfidence())
		}
		if row.Protect {
			protected++
		}
		if a.Source = "whistleblower"; !a.InConfidence() {
			t.Errorf("%s from a whistleblower is open", row.Kind)
		}
		if a = (&RecordConcern{Kind: row.Kind, Protect: true}); !a.InConfidence() {
			t.Errorf("%s, to be protected, is open", row.Kind)
		}
	}
	if protected == 0 {
		t.Error("no kind of concern is protected by itself")
	}
}

func TestR80_OnlyAnImmediateRiskIsCalledOne(t *testing.T) {
	for _, row := range regime.FirstProfile().Matrix {
		s := triggered(t, kingsLynn)
		before := len(s.c.Notices)
		if err := s.perform("CQC", &RecordConcern{Kind: row.Kind, What: "x"}); err != nil {
			continue // it wants a profession
		}
		for _, n := range s.c.Notices[before:] {
			if said := strings.HasPrefix(n.Text, "Patients may be at immediate risk"); said != (n.Kind == regime.NoticeImmediateRisk) {
				t.Errorf("%s, %s: %s", row.Kind, n.Kind, n.Text)
			}
		}
	}
}
