package regime

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func england2022(t *testing.T) *Profile {
	t.Helper()
	p, ok := ProfileNamed("ENGLAND_2022")
	if !ok {
		t.Fatal("no profile ENGLAND_2022")
	}
	return p
}

const smallBase = `{"name":"BASE","labels":{"summit":"risk summit","group":"Group"},
 "contacts":{"order":["deputy"],"source":"s","basis":"design"},
 "bodies":[{"code":"A","names":["Old A"],"source":"s"},{"code":"B","names":["B"],"source":"s"}],
 "powers":[{"id":"P-1","owners":["A"],"says":"act","basis":"an Act","source":"s"}],
 "duties":[{"kind":"ONE","says":"do one","how":"x","rule":"R1","period":"24h","ladder":[],"source":"s","basis":"source"},
  {"kind":"TWO","says":"do two","how":"x","rule":"R1","period":"48h","ladder":[],"source":"s","basis":"design"}]}`

func laid(over string) (*Profile, error) {
	l, err := readLaw([]byte(over), func(name string) ([]byte, bool) {
		return []byte(smallBase), name == "BASE"
	})
	if err != nil {
		return nil, err
	}
	return l.periods[0].read()
}

func TestAProfileThatIsBasedOnAnotherSaysOnlyWhatIsDifferent(t *testing.T) {
	p, err := laid(`{"name":"NEXT","basedOn":"BASE","labels":{"summit":"review"},
	 "bodies":[{"code":"C","names":["New C"],"succeeds":["A"],"source":"an Act","basis":"source"},
	  {"code":"A","remove":true,"source":"an Act","basis":"source"}],
	 "duties":[{"kind":"ONE","says":"do one differently","source":"a page","basis":"source"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	one, _ := p.Duty("ONE")
	two, _ := p.Duty("TWO")
	b, _ := p.Body("B")
	power, _ := p.Power("P-1")
	switch {
	case p.Labels.Summit != "review" || p.Labels.Group != "Group":
		t.Errorf("labels %+v", p.Labels)
	case one.Says != "do one differently" || one.Period.String() != "24h" || one.Basis != BySource:
		t.Errorf("a row replaces what it says and leaves the rest: %+v", one)
	case two.Basis != ByDesign:
		t.Errorf("our own choice stays our own choice: %+v", two)
	case b.Basis != Unconfirmed || power.Standing != Unconfirmed || power.Basis != "an Act":
		t.Errorf("what is only carried over is unconfirmed: %+v %+v", b, power)
	case p.Knows("A") || !slices.Equal(power.Owners, []Body{"C"}):
		t.Errorf("the successor stands in A's place: %+v", power)
	case len(p.Removed) != 1 || p.Removed[0] != (RemovedRow{"bodies", "A", "an Act", BySource}):
		t.Errorf("%+v", p.Removed)
	}
}

func TestAProfileThatCannotBeReadSaysWhy(t *testing.T) {
	for over, want := range map[string]string{
		`{"basedOn":"NOWHERE"}`: "based on \"NOWHERE\"",
		`{"basedOn":"BASE","bodies":[{"code":"B","names":["Bee"]}]}`:                                 `B does not say its "basis"`,
		`{"basedOn":"BASE","bodies":[{"code":"B","basis":"source"}]}`:                                "B does not say its source",
		`{"basedOn":"BASE","bodies":[{"names":["Bee"]}]}`:                                            `no "code"`,
		`{"basedOn":"BASE","duties":[{"kind":"ONE","source":"s","basis":"hearsay"}]}`:                `"hearsay" is no basis`,
		`{"basedOn":"BASE","bodies":[{"code":"X","remove":true,"source":"s","basis":"source"}]}`:     "X is removed and was not there",
		`{"basedOn":"BASE","bodies":[{"code":"A","remove":true,"source":"s","basis":"source"}]}`:     "P-1 has lost its owner",
		`{"basedOn":"BASE","bodies":[{"code":"B","succeeds":["A"],"source":"s","basis":"source"}]}`:  "which is still there",
		`{"basedOn":"BASE","duties":[{"kind":"ONE","colour":"red","source":"s","basis":"source"}]}`:  "unknown field",
		`{"basedOn":"BASE","duties":[{"kind":"ONE","period":"soon","source":"s","basis":"source"}]}`: "soon",
		`{"basedOn":"BASE","labels":["review"]}`:                                                     "labels",
		`{"basedOn":"BASE","duties":{"kind":"ONE"}}`:                                                 "duties",
		`{"basedOn":"BASE","digest":{"weekday":"Montag","hour":8,"source":"s","basis":"design"}}`:    `"Montag" at 8:00 is no time`,
		`{"basedOn":"BASE","digest":{"weekday":"Monday","hour":24,"source":"s","basis":"design"}}`:   "is no time of the week",
		`{"basedOn":"BASE","hours":{"from":18,"to":8,"source":"s","basis":"design"}}`:                "from 18 to 8 is no part of a day",
		`{"name":`: "unexpected end",
	} {
		if _, err := laid(over); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", over, err, want)
		}
	}
}

// Nothing that 2022 says without a source may pass for law: what it does not confirm itself
// is unconfirmed or our own choice, in every table.
func TestWhat2022OnlyCarriesOverIsMarkedUnconfirmed(t *testing.T) {
	own, p := ownRows(t), england2022(t)
	for _, r := range p.Matrix {
		for _, c := range r.Cells {
			if !own["matrix "+string(r.Kind)] && c.Basis != Unconfirmed && c.Basis != ByDesign {
				t.Errorf("what %s is told of %s is carried over as %q", c.To, r.Kind, c.Basis)
			}
		}
	}
	for table, rows := range basesOf(p) {
		for key, basis := range rows {
			if !own[table+" "+key] && basis != Unconfirmed && basis != ByDesign {
				t.Errorf("%s %s is carried over as %q", table, key, basis)
			}
			if basis == "" || basis == ByRecall {
				t.Errorf("%s %s stands on %q", table, key, basis)
			}
		}
	}
}

// ownRows are the rows that the file of 2022 has itself, as "duties HOLD_SUMMIT".
func ownRows(t *testing.T) map[string]bool {
	t.Helper()
	raw, err := profileFiles.ReadFile("profiles/england_2022.json")
	if err != nil {
		t.Fatal(err)
	}
	var file object
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, s := range sections {
		var rows []object
		if err := unmarshalRows(file[s.name], &rows); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			out[s.name+" "+s.keyOf(r)] = true
		}
	}
	return out
}

// basesOf are the bases of every table, by the keys of its rows.
func basesOf(p *Profile) map[string]map[string]Basis {
	return map[string]map[string]Basis{
		"bodies":      bases(p.Bodies, func(r BodyRow) (string, Basis) { return string(r.Code), r.Basis }),
		"parts":       bases(p.Parts, func(r PartRow) (string, Basis) { return string(r.Part), r.Basis }),
		"providers":   bases(p.Providers, func(r ProviderRow) (string, Basis) { return string(r.Type), r.Basis }),
		"duties":      bases(p.Duties, func(r DutyRow) (string, Basis) { return string(r.Kind), r.Basis }),
		"powers":      bases(p.Powers, func(r PowerRow) (string, Basis) { return string(r.ID), r.Standing }),
		"seats":       bases(p.Seats, func(r SeatRow) (string, Basis) { return string(r.Body), r.Basis }),
		"professions": bases(p.Professions, func(r ProfessionRow) (string, Basis) { return string(r.Profession), r.Basis }),
		"matrix":      bases(p.Matrix, func(r MatrixRow) (string, Basis) { return string(r.Kind), r.Basis }),
	}
}

func bases[R any](rows []R, of func(R) (key string, b Basis)) map[string]Basis {
	out := map[string]Basis{}
	for _, r := range rows {
		key, b := of(r)
		out[key] = b
	}
	return out
}

func TestEveryBodyThatARowNamesIsThere(t *testing.T) {
	for _, p := range Profiles() {
		var all []Body
		for _, r := range p.Providers {
			all = append(all, r.Decider, r.PerformanceManager, r.SuggestedRingHolder)
			all = append(all, r.Relevant...)
			for _, b := range []Body{r.Perf, r.AdministrationBy} {
				if b != "" {
					all = append(all, b)
				}
			}
		}
		for _, r := range p.Powers {
			all = append(append(all, r.Owners...), r.LiftedBy...)
			for _, a := range r.Also {
				all = append(all, a.Body)
			}
		}
		for _, r := range p.Seats {
			all = append(all, r.Body)
		}
		for _, r := range p.Professions {
			all = append(all, r.Regulator)
		}
		for _, b := range all {
			if !p.Knows(b) {
				t.Errorf("%s names %q, which is no body of it", p.Name, b)
			}
		}
	}
}

func TestNoWordsOf2013AreLeftIn2022(t *testing.T) {
	p := england2022(t)
	var said []string
	for _, d := range p.Duties {
		said = append(said, d.Says)
	}
	for _, n := range p.Notices {
		said = append(said, n.Subject)
	}
	for _, r := range p.Powers {
		said = append(said, r.Says)
	}
	for _, r := range p.Matrix {
		said = append(said, r.Label)
		for _, c := range r.Cells {
			said = append(said, c.If)
		}
	}
	for _, g := range p.Groups {
		said = append(said, g.Name)
		for _, a := range g.Agenda {
			said = append(said, a.Title)
		}
	}
	for _, s := range said {
		for _, old := range []string{"area team", "Monitor", "TDA", "risk summit", "Risk summit", "CCG",
			"commissioning group", "Safeguarding Children Board", "urveillance Group", "urveillance group",
			"Health Education England"} {
			if strings.Contains(s, old) {
				t.Errorf("%q is still said: %s", old, s)
			}
		}
	}
}
