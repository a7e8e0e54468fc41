package surveillance

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/words"
)

// randomGroups are local and regional groups: months of any acts by any body.
var randomGroups = ledgertest.Course{Test: "TestWhateverHappensTheGroupStaysWhole", Step: 25 * 24 * time.Hour,
	World: func(d *ledgertest.Dice) (ledgertest.World, time.Time) {
		o, start := opening(d)
		o.Rotation = regime.Rotation(regime.Rotation("").Choices()[d.Pick(2)])
		o.Watched = slices.Clone(o.Watched)
		g, err := Open(o, start)
		ledgertest.Must(err == nil, "a group opens", err)
		w := &randomGroup{Group: g, tried: map[string]int{}}
		d.Word = func(f regime.Field) string { return w.word(d, f) }
		d.Likely = func() regime.Party { return w.likely(d) }
		return w, start
	}}

type randomGroup struct {
	*Group
	looked int            // moments that were looked at
	tried  map[string]int // how often, by the rule that says that nothing is to block it
}

func (w *randomGroup) Subject() any         { return w.Group }
func (w *randomGroup) Law() *regime.Profile { return w.profile() }
func (w *randomGroup) Book() *ledger.Ledger { return &w.Ledger }
func (w *randomGroup) Fresh() any           { return new(Group) }

func (w *randomGroup) likely(d *ledgertest.Dice) regime.Party {
	switch d.Pick(4) {
	case 0:
		return w.support()
	case 1:
		return w.Members[d.Pick(len(w.Members))].Party
	case 2:
		if n := len(w.Duties); n > 0 {
			return w.OwnerOf(w.Duties[d.Pick(n)])
		}
	}
	return d.Anybody()
}

func (w *randomGroup) word(d *ledgertest.Dice, f regime.Field) string {
	switch f.Flag {
	case "provider", "considered":
		if n := len(w.Watched); n > 0 && d.Pick(4) > 0 {
			return w.Watched[d.Pick(n)].Code
		}
		return "R" + strconv.Itoa(d.Pick(3))
	case "case":
		return "CASE-" + strconv.Itoa(d.Pick(2))
	case "concern":
		return "C" + strconv.Itoa(1+d.Pick(4))
	case "matter":
		return "M" + strconv.Itoa(1+d.Pick(6))
	case "concerns":
		return "C" + strconv.Itoa(1+d.Pick(4)) + ",C" + strconv.Itoa(1+d.Pick(4))
	case "arrangement":
		return "P" + strconv.Itoa(1+d.Pick(2))
	case "action":
		return "A" + strconv.Itoa(1+d.Pick(4))
	}
	return "words"
}

func (w *randomGroup) Next(d *ledgertest.Dice) (regime.Party, any) {
	if d.Pick(5) == 0 {
		return w.support(), &HoldGroupMeeting{Present: []regime.Party{d.Likely()}, Record: "words",
			Early: []string{"", "words"}[d.Pick(2)]}
	}
	vs := Verbs()
	v := vs[d.Pick(len(vs))]
	if v.Path == "group end" && d.Pick(20) > 0 {
		v = vs[1] // most groups go on
	}
	return d.Likely(), d.Act(v.New())
}

func (w *randomGroup) Try(by regime.Party, act any, now time.Time) error {
	_, err := w.Perform(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act.(Act), now)
	return err
}

// seats is what a group was before an act.
type seats struct {
	members []regime.Party
	levels  map[string]regime.SurveillanceLevel
}

func (w *randomGroup) Before() any {
	s := seats{members: w.parties(nil), levels: map[string]regime.SurveillanceLevel{}}
	for _, p := range w.Watched {
		s.levels[p.Code] = p.Level
	}
	return s
}

func (w *randomGroup) Moved(by regime.Party, m *ledgertest.Move, before any) {
	was, verb := before.(seats), VerbOf(m.Act.(Act)).Path
	if len(was.members) != len(w.Members) {
		ledgertest.Must(verb == "group join" || verb == "group leave" || verb == "group succession",
			"R71: only joining, leaving and succession move seats", verb)
		ledgertest.Must(verb == "group succession" || slices.Contains(was.members, by) != w.IsMember(by), "R71: nobody moves another's seat", by)
	}
	for _, p := range w.Watched {
		level, known := was.levels[p.Code]
		ledgertest.Must(!known || level == p.Level || verb == "group level" || verb == "group note-case",
			"R68: a level is set by who may", verb)
		ledgertest.Must(!known || verb != "group level" || w.Rank(p.Level) >= w.Rank(level),
			"R89: no act by itself takes a level down", p)
		ledgertest.Must(verb != "group level" || level != regime.RiskSummitLevel || p.Level == level,
			"the group does not end a case's level", p.Code)
	}
}

// Whole checks what must hold of every group at every moment.
func (w *randomGroup) Whole(now time.Time) {
	w.nothingBlocks(now)
	for i := range w.Actions {
		b := w.Actions[i].Owner.Body()
		ledgertest.Must(b != regime.QSGLocal && b != regime.QSGRegional && b != regime.ProviderBody,
			"R68: no group owns an action", b)
	}
	w.meetingsWhole()
	w.providersWhole()
	for i := range w.Notices {
		n := &w.Notices[i]
		ledgertest.Must(!strings.Contains(n.Text, "words"), "R80: no mail repeats what people wrote", n)
		for _, r := range n.To {
			ledgertest.Must(r.Party.Body() != regime.ProviderBody, "a group tells no provider", n)
		}
	}
}

// meetingsWhole: a group that goes on always has one meeting to come, on a working day unless
// somebody fixed it, and owes it.
func (w *randomGroup) meetingsWhole() {
	open := 0
	for i := range w.Meetings {
		m := &w.Meetings[i]
		ledgertest.Must(m.Held.IsZero() || i == 0 || !m.Held.Before(w.Meetings[i-1].Held),
			"one meeting follows another", m)
		if !m.Held.IsZero() {
			continue
		}
		open++
		ledgertest.Must(!m.Fixed.IsZero() || calendar.Working(m.At), "a group meets on working days", m)
		ledgertest.Must(w.Duty(DutyGroupMeeting, strconv.Itoa(m.N)) != nil, "R72: the next meeting is owed", m)
	}
	ledgertest.Must(open == words.Flag(w.Ended.IsZero()), "R72: one meeting is to come", open)
}

func (w *randomGroup) providersWhole() {
	goesOn := w.Ended.IsZero()
	for i := range w.Watched {
		p := &w.Watched[i]
		ledgertest.Must(!goesOn || w.Duty(DutyCoverage, p.Code) != nil, "R74: every provider is to be considered", p)
		ledgertest.Must(p.Level != regime.RiskSummitLevel || p.Case != "", "the level of a case has a case", p)
		ledgertest.Must(p.Level != regime.EnhancedLevel || !goesOn || w.Duty(DutyLevelReview, p.Code) != nil,
			"N40: the level is reviewed", p)
	}
}

// TestWhateverHappensTheGroupStaysWhole tries random months of random acts. HTR_GROUPS says
// how many, HTR_SEED plays one.
func TestWhateverHappensTheGroupStaysWhole(t *testing.T) {
	n, held, tried := 0, 0, map[string]int{}
	randomGroups.TryAll(t, "HTR_GROUPS", 400, func(g *ledgertest.Game) {
		w := g.World.(*randomGroup)
		n++
		for rule, times := range w.tried {
			tried[rule] += times
		}
		for _, m := range w.Meetings {
			held += words.Flag(!m.Held.IsZero())
		}
		if n%8 == 0 {
			w.readable(t, g.Now)
		}
	})
	if n >= 50 && held < n {
		t.Fatalf("%d random groups held only %d meetings", n, held)
	}
	t.Logf("%d groups held %d meetings; what nothing blocks was tried %v", n, held, tried)
	for _, what := range toBeTried() {
		if n >= 50 && tried[what] == 0 {
			t.Errorf("%s: nothing is to block it, and it came up in none of %d random groups", what, n)
		}
	}
}

// readable makes every page once: none may fail on any group.
func (w *randomGroup) readable(t *testing.T, now time.Time) {
	for _, table := range []words.Table{w.OutcomeLog(), w.ActionLog(now), w.RegionalReport(w.ReportNow(now))} {
		for _, r := range table.Rows {
			if len(r) != len(table.Columns) {
				t.Errorf("a row of %s has %d cells for %d columns", table.Title, len(r), len(table.Columns))
			}
		}
		if table.CSV() == "" || table.Markdown() == "" {
			t.Errorf("%s is empty", table.Title)
		}
	}
	if w.Board(now) == "" || w.AgendaMarkdown(now) == "" {
		t.Error("no board or agenda")
	}
}

// A group here is one sequence of acts, from a single one to a few years; see length.
func BenchmarkRandomGroups(b *testing.B) { randomGroups.Measure(b) }
