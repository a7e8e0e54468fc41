package surveillance

import (
	"cmp"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// LocalReport is what a local group tells the region (regime 4.5): the local-to-regional
// report. All but the words of the reporter is taken from the record (R76).
type LocalReport struct {
	N    int          `json:"n"`
	At   time.Time    `json:"at"`
	From string       `json:"from,omitempty"` // the local group; empty in the group that reports
	By   regime.Party `json:"by"`
	// Since the last report, or since the group opened.
	Since     time.Time          `json:"since"`
	Providers []ReportedProvider `json:"providers,omitempty"`
	Escalated []string           `json:"escalated,omitempty"` // codes
	Themes    string             `json:"themes,omitempty"`
	Asks      string             `json:"asks,omitempty"`
	Good      string             `json:"good,omitempty"`
	// Arrived in the regional group; Handed when the local one had handed it over.
	Arrived time.Time `json:"arrived,omitzero"`
	Handed  time.Time `json:"handed,omitzero"`
}

// ReportedProvider is a provider above the routine level, or whose level has changed.
type ReportedProvider struct {
	Code   string                   `json:"code"`
	Name   string                   `json:"name"`
	Type   regime.ProviderType      `json:"type"`
	Level  regime.SurveillanceLevel `json:"level"`
	Before regime.SurveillanceLevel `json:"before,omitempty"` // at the last report, where it differs
	Since  time.Time                `json:"since"`
	Reason string                   `json:"reason,omitempty"`
	Case   string                   `json:"case,omitempty"`
	Stage  regime.Stage             `json:"stage,omitempty"`
	// Measures are special measures, if there are any.
	Measures regime.MeasuresState `json:"measures,omitempty"`
}

var groupReportVerbs = []Verb{
	{Path: "group report", Update: "ReportToRegion", Rules: "R73 R76",
		New:     func() Act { return new(ReportToRegion) },
		Did:     "reported to the region",
		Summary: "Report to the regional group: levels, cases and escalations come from the record",
		Example: `group report --group GROUP --by "NHS England" --themes "night staffing" --asks "look across the ambulance services"`},
	{Path: "group note-report", Update: "NoteReport", Rules: "R73",
		New:     func() Act { return new(NoteReport) },
		Did:     "noted a local group's report",
		Summary: "Note a local group's report in the regional group; reports come by themselves",
		Example: `group note-report --group GROUP --by NHSCB/Q56 --from Q56 --themes "night staffing"`},
}

// ReportToRegion sends the local-to-regional report.
type ReportToRegion struct {
	Themes string `json:"themes,omitempty" flag:"themes" usage:"what goes through several providers"`
	Asks   string `json:"asks,omitempty" flag:"asks" usage:"what the region is asked for"`
	Good   string `json:"good,omitempty" flag:"good-practice" usage:"good practice worth passing on"`
}

func (a *ReportToRegion) check(g *Group, m ledger.Moment) error {
	if g.Tier != regime.LocalTier {
		return regime.Mistakef("a local group reports to its region; this is a regional one.")
	}
	return g.supportOnly(m, "reports to the region")
}

func (a *ReportToRegion) do(g *Group, m ledger.Moment) string {
	r := g.reportNow(m.Now)
	r.N, r.By, r.Themes, r.Asks, r.Good = len(g.Reports)+g.Gone.Reports+1, m.By.For, cmp.Or(a.Themes, g.themesNow()), a.Asks, a.Good
	g.Reports = append(g.Reports, r)
	g.pen.Event(regime.NoticeFromLocalGroup,
		"The "+g.row().Name+" of "+g.PlaceName+" has sent its report to the regional group", regime.RoleRegion)
	return "Reported to the region: " + g.inShort(r)
}

// themesNow are the themes on the agenda, where the reporter says none.
func (g *Group) themesNow() string {
	var out []string
	for _, t := range g.Themes {
		if t.Ended.IsZero() {
			out = append(out, t.What)
		}
	}
	return strings.Join(out, "; ")
}

// reportNow takes from the record what has to be reported.
func (g *Group) reportNow(now time.Time) LocalReport {
	var last time.Time // zero: everything since the opening is news
	if reports := len(g.Reports); reports > 0 {
		last = g.Reports[reports-1].At
	}
	report := LocalReport{At: now, Since: cmp.Or(last, g.Opened)}
	for _, watched := range g.Watched {
		before := watched.levelAt(last)
		if watched.Level == g.profile().LowestLevel() && before == watched.Level && watched.Case == "" {
			continue
		}
		level := watched.Current()
		provider := ReportedProvider{Code: watched.Code, Name: watched.Name, Type: watched.Type, Level: watched.Level, Since: level.At,
			Reason: level.Reason, Case: watched.Case, Stage: watched.CaseStage, Measures: watched.Measures}
		if before != watched.Level {
			provider.Before = before
		}
		report.Providers = append(report.Providers, provider)
	}
	for _, outcome := range g.Outcomes {
		if outcome.Outcome == EscalateToRegion && outcome.Escalated.After(last) {
			report.Escalated = append(report.Escalated, outcome.Provider)
		}
	}
	return report
}

// levelAt is the level at which the provider was watched at a time.
func (w Watched) levelAt(t time.Time) regime.SurveillanceLevel {
	level := w.Level
	for i := len(w.History) - 1; i >= 0 && w.History[i].At.After(t); i-- {
		level = w.History[i].From
	}
	return level
}

// inShort is the report in a line.
func (g *Group) inShort(r LocalReport) string {
	above, cases, lowest := 0, 0, g.profile().LowestLevel()
	for _, p := range r.Providers {
		above += words.Flag(p.Level != lowest)
		cases += words.Flag(p.Case != "")
	}
	text := words.Count(above, "provider") + " above the " + g.LevelName(lowest) + " level, " + words.Count(cases, "open case")
	if len(r.Escalated) > 0 {
		text += "; escalated: " + words.List(r.Escalated)
	}
	text += "."
	if r.Themes != "" {
		text += " Themes: " + words.Full(r.Themes)
	}
	if r.Asks != "" {
		text += " Asks: " + words.Full(r.Asks)
	}
	return text
}

// UnsentReport is the first report that has not been handed to the regional group.
func (g *Group) UnsentReport() (LocalReport, bool) {
	for _, r := range g.Reports {
		if r.From == "" && r.Handed.IsZero() {
			return r, true
		}
	}
	return LocalReport{}, false
}

// ReportHanded notes that a report was handed over, or that there is nobody to take it.
func (g *Group) ReportHanded(n int, now time.Time) {
	for i := range g.Reports {
		if g.Reports[i].N == n && g.Reports[i].From == "" {
			g.Reports[i].Handed = now
		}
	}
}

// NoteReport is how a report arrives in the regional group. Its reporter need not have a
// seat there.
type NoteReport struct {
	From   string `json:"from" flag:"from" usage:"code of the local group's area" need:"yes"`
	Themes string `json:"themes,omitempty" flag:"themes" usage:"what goes through several providers"`
	Asks   string `json:"asks,omitempty" flag:"asks" usage:"what the region is asked for"`
	Good   string `json:"good,omitempty" flag:"good-practice" usage:"good practice worth passing on"`
	// Report is the whole report, where it comes by itself.
	Report *LocalReport `json:"report,omitempty"`
}

func (a *NoteReport) check(g *Group, m ledger.Moment) error {
	if g.Tier != regime.RegionalTier {
		return regime.Mistakef("local groups report to a regional one; this is a local one.")
	}
	if !g.IsMember(m.By.For) && !g.supports(m.By.For.Body()) {
		return g.memberOnly(m)
	}
	return checkCode(a.From)
}

func (a *NoteReport) do(g *Group, m ledger.Moment) string {
	r := LocalReport{At: m.Now, Since: m.Now, Themes: a.Themes, Asks: a.Asks, Good: a.Good}
	if a.Report != nil {
		r = *a.Report
	}
	r.N, r.From, r.By, r.Arrived = len(g.Reports)+g.Gone.Reports+1, words.Code(a.From), m.By.For, m.Now
	r.Handed = time.Time{}
	g.Reports = append(g.Reports, r)
	return "Report of " + r.From + " of " + calendar.Day(r.At) + ": " + g.inShort(r)
}
