package surveillance

import (
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// themes are those that were raised, and the kinds of concern that more than one provider gives rise to.
func (a *agenda) themes() []AgendaLine {
	out := a.openThemes()
	for _, kind := range regime.ConcernKind("").Choices() {
		var of []string
		for _, c := range a.g.Concerns {
			if string(c.Kind) == kind && c.Settled.IsZero() && !slices.Contains(of, c.Provider) {
				of = append(of, c.Provider)
			}
		}
		if len(of) > 1 {
			out = append(out, say(words.Plain(kind)+": "+words.List(of))...)
		}
	}
	return out
}

func (a *agenda) about(kinds ...regime.ConcernKind) []AgendaLine {
	var out []AgendaLine
	for _, c := range a.g.Concerns {
		if c.Settled.IsZero() && slices.Contains(kinds, c.Kind) {
			out = append(out, say(c.Provider+", "+words.Plain(string(c.Kind))+" ("+c.ID+", "+
				a.g.Name(c.By.For)+"): "+c.What)...)
		}
	}
	return out
}

func (a *agenda) standards() []AgendaLine { return a.about(regime.AboutPractice, regime.AboutTraining) }

// safeguarding reminds the chair of what the chair of every discussion must see to
// (003:L868).
func (a *agenda) safeguarding() []AgendaLine {
	out := a.about(regime.AboutAdults, regime.AboutChildren, regime.AboutCrime)
	if len(a.about(regime.AboutAdults)) > 0 {
		out = append(out, say("The chair sees that the local authority's safeguarding adults protocol "+
			"is followed (R40).")...)
	}
	if len(a.about(regime.AboutChildren)) > 0 {
		out = append(out, say("The chair sees that the "+a.g.profile().ChildBoard()+" "+
			"formally notified and engaged (R41).")...)
	}
	return out
}

// escalations are what was escalated since the last meeting but one, and the summits that the group
// spoke of and that were not triggered.
func (a *agenda) escalations() []AgendaLine {
	var out []AgendaLine
	since := a.g.Opened
	if last, ok := a.g.LastMeeting(); ok {
		since = last.Held
	}
	for _, o := range a.g.Outcomes {
		if !o.Escalated.IsZero() && !o.Escalated.Before(since) {
			out = append(out, say(o.Provider+": "+words.Plain(string(o.Outcome))+" on "+
				calendar.Day(o.Escalated))...)
		}
	}
	for _, e := range a.g.Elsewhere {
		if !e.Escalated.IsZero() && !e.Arrived.Before(since) {
			out = append(out, say(e.Provider+": "+a.g.placeCalled(e.From, e.FromName)+" escalated on "+
				calendar.Day(e.Escalated))...)
		}
	}
	for _, w := range a.g.Watched {
		if o := a.g.lastOutcome(w.Code); o.Outcome == TriggerSummit && w.Case == "" && !a.triggered(w, o) {
			text := w.Code + ": " + words.A(a.g.labels().Summit) + " was spoken of on " + calendar.Day(o.At) +
				" and nobody has triggered one"
			if o.WhyNot != "" {
				text += ". " + a.g.Name(o.WhyNotBy) + ": " + o.WhyNot
			}
			out = append(out, say(text)...)
		}
	}
	return out
}

// triggered reports whether it has led to a case since.
func (a *agenda) triggered(w Watched, o Outcome) bool {
	return slices.ContainsFunc(w.History, func(c LevelChange) bool {
		return c.Case != "" && !c.At.Before(o.At)
	})
}

func (g *Group) lastOutcome(code string) Outcome {
	for i := len(g.Outcomes) - 1; i >= 0; i-- {
		if g.Outcomes[i].Provider == code {
			return g.Outcomes[i]
		}
	}
	return Outcome{}
}

// levels are the reviews that fall due before the group meets again.
func (a *agenda) levels() []AgendaLine {
	var out []AgendaLine
	limit := a.g.lastChance()
	for _, d := range a.g.OpenOf(DutyLevelReview) {
		if d.Due.Before(limit) {
			of, level, ok := a.g.reviewedLevel(d.Subject)
			if !ok {
				continue
			}
			code, _, _ := strings.Cut(d.Subject, ", ")
			out = append(out, AgendaLine{Provider: code, Text: of + ": " + a.g.LevelName(level) +
				", to be reviewed by " + calendar.Day(d.Due)})
		}
	}
	return out
}

func (a *agenda) actions() []AgendaLine {
	out := append(a.arrangements(), a.talks()...)
	for _, o := range a.g.Actions {
		if d := a.g.Duty(regime.DutyStillHolds, o.ID); d != nil && d.Due.Before(a.g.lastChance()) {
			out = append(out, say("Does it still hold? "+o.ID+", "+a.g.Name(o.Owner)+", to be said by "+calendar.Day(d.Due)+": "+o.What)...)
		}
		if a.unanswered(o) {
			out = append(out, say("The report of review "+o.ID+" of provider "+o.Provider+" is there, and no action that it recommends "+
				"is proposed yet ('group action-propose --review "+o.ID+"')")...)
		}
		if o.Settled() {
			continue
		}
		text := o.ID + ", " + a.g.Name(o.Owner) + ", " + words.Plain(string(o.Status)) + ", due " +
			calendar.Day(o.Due) + ": " + o.What
		if o.Status == regime.ActionAccepted && a.now.After(o.Due) {
			text = "LATE " + text
		}
		out = append(out, say(text)...)
	}
	for _, w := range a.g.Watched {
		if c := w.Current(); len(w.History) > 0 && c.From != c.To && c.Told.IsZero() {
			out = append(out, say("Who tells provider "+w.Code+" that it is at the "+a.g.LevelName(w.Level)+
				" level?")...)
		}
	}
	return out
}

// unanswered reports whether a review's report has come since the last meeting and no action has come of it (R116).
func (a *agenda) unanswered(o Action) bool {
	last, ok := a.g.LastMeeting()
	return o.Review != nil && o.Review.Report != "" && (!ok || !o.Closed.Before(last.Held)) &&
		!slices.ContainsFunc(a.g.Actions, func(x Action) bool { return x.Recommended == o.ID })
}

// reports are those of the local groups since the last meeting (003:L806).
func (a *agenda) reports() []AgendaLine {
	since := a.g.Opened
	if last, ok := a.g.LastMeeting(); ok {
		since = last.Held
	}
	var out []AgendaLine
	for _, r := range a.g.Reports {
		if r.From == "" || r.Arrived.Before(since) {
			continue
		}
		out = append(out, say(r.From+", "+calendar.Day(r.At)+": "+a.g.inShort(r))...)
	}
	return out
}

func (a *agenda) next() []AgendaLine {
	n := a.g.meetingAfter()
	return say("One interval (" + a.g.Interval.Words() + ") on: " + calendar.Instant(n))
}
