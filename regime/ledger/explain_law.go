package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// WhyLaw explains what stands in the law itself, as a profile has it in one of its periods: a day
// ("2023-04-01"), a power ("P-MON-1"), a body, a type of provider, a part ("default-ring-holder") or a
// rule. ok is false for what the law has not.
func WhyLaw(p *regime.Profile, what string) (e Explanation, ok bool) {
	what = strings.TrimSpace(what)
	if day, ok := lawDay(what); ok {
		return WhyDay(day), true
	}
	if r, ok := p.Power(regime.PowerID(what)); ok {
		return whyPower(p, r), true
	}
	if r, ok := p.Rule(strings.ToUpper(what)); ok {
		e = Explanation{About: r.ID, Title: r.Says, Rules: []regime.Rule{r}}
		e.AddPoint("holds as", r.Kind.Words())
		if r.ID == "R55" {
			for _, t := range p.Providers {
				e.AddPoint("by the law "+p.Name, p.BodyName(t.Decider)+" decides on "+t.Label)
			}
		}
		e.AddLaw(p, LawOfRule(p, r.ID)...)
		return e, true
	}
	for _, r := range p.Providers {
		if strings.EqualFold(string(r.Type), words.Code(strings.ReplaceAll(what, "-", "_"))) {
			return whyType(p, r), true
		}
	}
	for _, r := range p.Parts {
		if strings.EqualFold(string(r.Part), what) {
			return whyPart(p, r), true
		}
	}
	return whyBodyOrGone(p, what)
}

func whyBodyOrGone(p *regime.Profile, what string) (Explanation, bool) {
	body, _, _ := strings.Cut(what, "/")
	for _, b := range append(slices.Clone(p.Bodies), regime.BodiesEver()...) {
		for _, name := range append([]string{string(b.Code)}, b.Names...) {
			if strings.EqualFold(name, body) {
				e := Explanation{About: string(b.Code), Title: words.Capital(b.Names[0]) + ", by the law " + lawWords(p) + "."}
				e.AddPoint("law", WhyBody(p, b.Code))
				e.AddPoint("planned", planned(p, b.Code))
				e.AddPoint("seat", seat(p, b.Code))
				e.AddPoint("powers", ownPowers(p, b.Code))
				return e, true
			}
		}
	}
	for _, other := range regime.Profiles() {
		if r, ok := other.Power(regime.PowerID(what)); ok {
			e := Explanation{About: string(r.ID), Title: "By the law " + lawWords(p) + " there is no power " + string(r.ID) + "."}
			if gone, ok := p.LawRow("powers", what); ok {
				e.AddLaw(p, gone)
			}
			e.AddPoint("elsewhere", other.Name+" has it: "+r.Says)
			return e, true
		}
	}
	return whyRows(p, what)
}

// WhyLawOf explains what stands in the law, by that of a day or, without one, by the present law. Of a day it says
// also what is on record of it.
func (l *Ledger) WhyLawOf(what string, day, opened time.Time) (Explanation, bool) {
	e, ok := WhyLaw(l.LawAsked(day, opened), what)
	if on, is := lawDay(strings.TrimSpace(what)); is && ok {
		for _, n := range l.Entries {
			if calendar.SameDay(n.HappenedAt(), on) {
				e.AddPoint("here", "entry "+strconv.Itoa(n.N)+": "+l.subject.What(n))
			}
		}
		if !calendar.EndOfDay(on).Before(opened) {
			e.AddPoint("law here", lawWords(l.LawAsked(calendar.Latest(on, opened), opened)))
		}
	}
	return e, ok
}

// LawAsked is the law by which something is explained: that of a day, which before the opening and after the next
// change is nobody's but the day's; without a day the present one.
func (l *Ledger) LawAsked(day, opened time.Time) *regime.Profile {
	present := l.subject.Profile()
	next := present.NextChange(l.Law)
	switch {
	case day.IsZero():
		return present
	case day.Before(opened) || !l.Law.IsZero() && !next.IsZero() && !day.Before(next):
		return regime.ProfileFor(day)
	}
	return l.LawOn(day)
}

func lawDay(what string) (time.Time, bool) {
	if len(what) != len("2006-01-02") {
		return time.Time{}, false
	}
	day, err := calendar.ParseInstant(what)
	return day, err == nil
}

// lawWords name a profile and its years.
func lawWords(p *regime.Profile) string { return p.Name + " (" + p.Years() + ")" }

// WhyDay says which law there is on a day, and what becomes otherwise with it.
func WhyDay(day time.Time) Explanation {
	p := regime.ProfileFor(day)
	e := Explanation{About: day.In(calendar.London).Format("2006-01-02"), Title: "On " + calendar.Day(day) + " the law is " + lawWords(p) + "."}
	if !p.Covers(day) {
		e.Title = "No profile is of " + calendar.Day(day) + "; the nearest is " + lawWords(p) + "."
	}
	n := p.Counted()
	e.AddPoint("basis", words.Count(n[regime.BySource], "row")+" laid down by a source, "+words.Count(n[regime.ByDesign], "row")+
		" our choice, "+words.Count(n[regime.Unconfirmed]+n[regime.ByRecall], "row")+" unconfirmed, which refuse nothing")
	changes := regime.ChangesOn(day)
	if len(changes) == 0 {
		e.AddPoint("changes", "nothing changes on this day")
	}
	for _, r := range changes {
		on := "begins"
		if r.Removed {
			on = "ends"
		}
		e.AddPoint(on, rowWords(p, r))
	}
	for _, b := range p.Bodies {
		if len(b.Planned) > 0 && p.Covers(day) {
			e.AddPoint("planned", p.BodyName(b.Code)+": "+planned(p, b.Code))
		}
	}
	if next := p.NextChange(day); !next.IsZero() {
		e.AddPoint("next", "it changes next on "+calendar.Day(next))
	}
	return e
}

// one names a row of a table.
var one = map[string]string{"bodies": "body", "parts": "part", "providers": "type of provider", "duties": "duty", "powers": "power",
	"changes": "change", "groups": "group", "seats": "seat", "levels": "level", "places": "the areas:", "professions": "profession", "matrix": "concern"}

// rowWords say which row it is, what it says, its days, and how far it may be quoted.
func rowWords(p *regime.Profile, r regime.LawRow) string {
	text := cmp.Or(one[r.Section], r.Section) + " " + r.Key
	switch {
	case r.Section == "bodies" && p.Knows(regime.Body(r.Key)):
		text += " (" + p.BodyName(regime.Body(r.Key)) + ")"
	case r.Section == "powers":
		if power, ok := p.Power(regime.PowerID(r.Key)); ok {
			text += " (" + power.Says + ")"
		}
	}
	if !r.From.IsZero() {
		text += ", since " + calendar.Day(r.From)
	}
	if !r.Until.IsZero() {
		text += ", until " + calendar.Day(r.Until.Add(-time.Second))
	}
	return text + ": " + r.Basis.Words() + ": " + r.Source
}

// AddLaw adds rows of the law.
func (e *Explanation) AddLaw(p *regime.Profile, rows ...regime.LawRow) {
	for _, r := range rows {
		e.AddPoint("law", rowWords(p, r))
	}
}

func whyPower(p *regime.Profile, r regime.PowerRow) Explanation {
	e := Explanation{About: string(r.ID), Title: "To " + words.Full(r.Says)}
	who := "every statutory organisation"
	if len(r.Owners) > 0 {
		who = bodies(p, r.Owners)
	}
	e.AddPoint("by the law", lawWords(p))
	e.AddPoint("who", who)
	e.AddPoint("against", types(p, r.ProviderTypes))
	e.AddPoint("remarked on", r.Doubt)
	e.AddPoint("in law", r.Basis)
	e.AddPoint("if", r.Precondition)
	e.AddPoint("needs", r.Needs)
	if row, ok := p.LawRow("powers", string(r.ID)); ok {
		e.AddLaw(p, row)
		if row.Basis.Open() {
			e.AddPoint("so", notConfirmed)
		}
	}
	return e
}

func whyType(p *regime.Profile, r regime.ProviderRow) Explanation {
	e := Explanation{About: string(r.Type), Title: words.Capital(r.Label) + ", by the law " + lawWords(p) + "."}
	body := func(on string, b regime.Body) {
		if b != "" {
			e.AddPoint(on, p.BodyName(b))
		}
	}
	body("decides on special measures", r.Decider)
	body("performance manager", r.PerformanceManager)
	body("suggested ring-holder", r.SuggestedRingHolder)
	body("default ring-holder", cmp.Or(r.DefaultRingHolder, p.Part(regime.DefaultRingHolder)))
	body("orders administration", r.AdministrationBy)
	body("approves it", r.AdministrationApprovedBy)
	e.AddPoint("support regime", r.Measures)
	e.AddPoint("invited", bodies(p, r.Relevant))
	if row, ok := p.LawRow("providers", string(r.Type)); ok {
		e.AddLaw(p, row)
	}
	return e
}

func whyPart(p *regime.Profile, r regime.PartRow) Explanation {
	e := Explanation{About: string(r.Part), Title: "The part \"" + words.Plain(string(r.Part)) + "\", by the law " + lawWords(p) + "."}
	e.AddPoint("who", bodies(p, r.Bodies))
	e.AddPoint("for", types(p, r.ProviderTypes))
	if row, ok := p.LawRow("parts", string(r.Part)); ok {
		e.AddLaw(p, row)
	}
	return e
}

// WhyBody says whether there is a body by a law, since when and on what basis, or who stands in its place.
func WhyBody(p *regime.Profile, b regime.Body) string {
	row, ok := p.LawRow("bodies", string(b))
	switch {
	case ok && !row.Removed:
		return rowWords(p, row)
	}
	text := "this law does not know it"
	ended, begins := p.LifeOf(b)
	switch {
	case ended.IsZero() && !begins.IsZero():
		text += "; it begins on " + calendar.Day(begins) + ", by " + regime.ProfileFor(begins).Name
	case !ended.IsZero() || ok:
		if text = "it is no more"; !ended.IsZero() {
			text += " since " + calendar.Day(ended)
		}
		if h := p.Heir(b); h != "" {
			text += "; " + p.BodyName(h) + " stands in its place"
		} else {
			text += ", and nobody stands in its place"
		}
	}
	if ok {
		text += ". " + rowWords(p, row)
	}
	return text
}

const notConfirmed = "it is not confirmed: it refuses no act and is remarked on (R125)"

func ownPowers(p *regime.Profile, b regime.Body) string {
	var out []string
	for _, r := range p.Powers {
		if len(r.Owners) > 0 && p.Owns(b, r) {
			out = append(out, string(r.ID))
		}
	}
	return strings.Join(out, ", ")
}

// LawOfRule are the rows of a profile by which a rule works: the duties that it lays on somebody, the powers
// whose use it has told, and for the approval of special administration those to order it.
func LawOfRule(p *regime.Profile, rule string) []regime.LawRow {
	var out []regime.LawRow
	add := func(section, key string) {
		if r, ok := p.LawRow(section, key); ok {
			out = append(out, r)
		}
	}
	for _, d := range p.Duties {
		if d.Rule == rule {
			add("duties", string(d.Kind))
		}
	}
	for _, r := range p.Powers {
		approved := rule == "R124" && r.Verb == "administration order"
		if approved || slices.ContainsFunc(r.Also, func(a regime.AlsoTell) bool { return a.Rule == rule }) {
			add("powers", string(r.ID))
		}
	}
	return out
}

func bodies(p *regime.Profile, all []regime.Body) string {
	var out []string
	for _, b := range all {
		out = append(out, p.BodyName(b))
	}
	return words.List(out)
}

func types(p *regime.Profile, all []regime.ProviderType) string {
	var out []string
	for _, t := range all {
		if r, ok := p.ProviderRow(t); ok {
			out = append(out, r.Label)
		}
	}
	if len(out) == 0 {
		return "all types of provider"
	}
	return words.List(out)
}
