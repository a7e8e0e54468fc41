package ledger

import (
	"cmp"
	"strings"

	"holdthering/regime"
	"holdthering/regime/words"
)

// What else the law has by a name: seats, plans, levels, duties and mails.

// planned says who is to take a body's place, or whose place it is to take, by a law without a known day.
func planned(p *regime.Profile, b regime.Body) string {
	if h := p.PlannedHeir(b); h != "" {
		return p.BodyName(h) + " is to take its place; no law in force says so, and no day is known. " + WhyBody(p, h)
	}
	if row, _ := p.Body(b); len(row.Planned) > 0 {
		return "it is to take the place of " + bodies(p, row.Planned) + "; no law in force says so, and no day is known"
	}
	return ""
}

// seat says how a body sits in the groups of a law.
func seat(p *regime.Profile, b regime.Body) string {
	for _, s := range p.Seats {
		row, ok := p.LawRow("seats", string(b))
		if s.Body != b || !ok {
			continue
		}
		local, regional := s.In(regime.LocalTier), s.In(regime.RegionalTier)
		return "in a local group " + words.Plain(string(local)) + ", in a regional one " + words.Plain(string(regional)) + ". " + rowWords(p, row)
	}
	return ""
}

// whyRows explains what has no explanation of its own: a level, a kind of duty or mail, a change of the law.
func whyRows(p *regime.Profile, what string) (e Explanation, ok bool) {
	what = strings.ReplaceAll(words.Code(what), "-", "_")
	for _, r := range p.LawRows() {
		if what == "" || what != strings.ReplaceAll(words.Code(r.Key), "-", "_") {
			continue
		}
		if !ok {
			e, ok = Explanation{About: r.Key, Title: words.Capital(cmp.Or(one[r.Section], r.Section)) + " " + r.Key + ", by the law " + lawWords(p) + "."}, true
		}
		e.AddPoint("law", rowWords(p, r))
		if r.Basis.Open() {
			e.AddPoint("so", notConfirmed)
		}
		e.said(p, r)
	}
	if n, known := p.Notice(regime.NoticeKind(what)); known && !ok {
		e, ok = Explanation{About: what, Title: "The mail \"" + n.Subject + "\", by the law " + lawWords(p) + "."}, true
	}
	return e, ok
}

// said adds what a row lays down.
func (e *Explanation) said(p *regime.Profile, r regime.LawRow) {
	if d, ok := p.Duty(regime.DutyKind(r.Key)); ok && r.Section == "duties" {
		e.AddPoint("owed", d.Says)
		if !d.Period.IsZero() {
			e.AddPoint("within", d.Period.String())
		}
		if rule, ok := regime.RuleNamed(d.Rule); ok {
			e.Rules = append(e.Rules, rule)
		}
	}
	if l, ok := p.Level(regime.SurveillanceLevel(r.Key)); ok && r.Section == "levels" {
		e.AddPoint("called", p.LevelName(l.Level))
		if e.AddPoint("set by", "the members, who agree on it"); len(l.SetBy) > 0 {
			e.Points[len(e.Points)-1].Says = bodies(p, l.SetBy) + ", each alone"
		}
		e.AddPoint("to come down", l.Down)
	}
}
