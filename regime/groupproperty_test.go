package regime

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// randomGroups are local and regional groups: months of any acts by any body.
var randomGroups = course{test: "TestWhateverHappensTheGroupStaysWhole", step: 25 * 24 * time.Hour,
	world: func(d *dice) (world, time.Time) {
		o, start := d.groupOpening()
		o.Rotation = Rotation(Rotation("").Choices()[d.pick(2)])
		o.Watched = slices.Clone(o.Watched)
		g, err := OpenGroup(o, start)
		must(err == nil, "a group opens", err)
		w := &randomGroup{Group: g}
		d.word = func(f Field) string { return w.word(d, f) }
		d.likely = func() Party { return w.likely(d) }
		return w, start
	}}

type randomGroup struct{ *Group }

func (w *randomGroup) ledger() *Ledger { return &w.Ledger }
func (w *randomGroup) fresh() any      { return new(Group) }

func (w *randomGroup) likely(d *dice) Party {
	switch d.pick(4) {
	case 0:
		return w.support()
	case 1:
		return w.Members[d.pick(len(w.Members))].Party
	case 2:
		if n := len(w.Duties); n > 0 {
			return w.ownerOf(w.Duties[d.pick(n)])
		}
	}
	return d.anybody()
}

func (w *randomGroup) word(d *dice, f Field) string {
	switch f.Flag {
	case "provider", "considered":
		if n := len(w.Watched); n > 0 && d.pick(4) > 0 {
			return w.Watched[d.pick(n)].Code
		}
		return "R" + strconv.Itoa(d.pick(3))
	case "case":
		return "CASE-" + strconv.Itoa(d.pick(2))
	case "concerns", "settles":
		return "C" + strconv.Itoa(1+d.pick(4)) + ",C" + strconv.Itoa(1+d.pick(4))
	case "action":
		return "A" + strconv.Itoa(1+d.pick(4))
	}
	return "words"
}

func (w *randomGroup) next(d *dice) (Party, any) {
	if d.pick(5) == 0 {
		return w.support(), &HoldGroupMeeting{Present: []Party{d.likely()}, Record: "words",
			Early: []string{"", "words"}[d.pick(2)]}
	}
	vs := GroupVerbs()
	v := vs[d.pick(len(vs))]
	if v.Path == "group end" && d.pick(20) > 0 {
		v = vs[1] // most groups go on
	}
	return d.likely(), d.act(v.New())
}

func (w *randomGroup) perform(by Party, act any, now time.Time) error {
	_, err := w.Perform(Request{Sure: true, By: Actor{For: by, Person: "an officer", Channel: "test"}}, act.(GroupAct), now)
	return err
}

// seats is what a group was before an act.
type seats struct {
	members []Party
	levels  map[string]SurveillanceLevel
}

func (w *randomGroup) watched() any {
	s := seats{members: w.parties(nil), levels: map[string]SurveillanceLevel{}}
	for _, p := range w.Watched {
		s.levels[p.Code] = p.Level
	}
	return s
}

func (w *randomGroup) moved(by Party, m *move, before any) {
	was, verb := before.(seats), GroupVerbOf(m.act.(GroupAct)).Path
	if len(was.members) != len(w.Members) {
		must(verb == "group join" || verb == "group leave", "R71: only joining and leaving move seats", verb)
		must(slices.Contains(was.members, by) != w.IsMember(by), "R71: nobody moves another's seat", by)
	}
	for _, p := range w.Watched {
		level, known := was.levels[p.Code]
		must(!known || level == p.Level || verb == "group level" || verb == "group note-case",
			"R68: a level is set by who may", verb)
		must(verb != "group level" || level != RiskSummitLevel || p.Level == level,
			"the group does not end a case's level", p.Code)
	}
}

// whole checks what must hold of every group at every moment.
func (w *randomGroup) whole(time.Time) {
	for i := range w.Actions {
		b := w.Actions[i].Owner.Body()
		must(b != QSGLocal && b != QSGRegional && b != ProviderBody, "R68: no group owns an action", b)
	}
	w.meetingsWhole()
	w.providersWhole()
	for i := range w.Notices {
		n := &w.Notices[i]
		must(!strings.Contains(n.Text, "words"), "R80: no mail repeats what people wrote", n)
		for _, r := range n.To {
			must(r.Party.Body() != ProviderBody, "a group tells no provider", n)
		}
	}
}

// meetingsWhole: a group that goes on always has one meeting to come, on a working day unless
// somebody fixed it, and owes it.
func (w *randomGroup) meetingsWhole() {
	open := 0
	for i := range w.Meetings {
		m := &w.Meetings[i]
		must(m.Held.IsZero() || i == 0 || !m.Held.Before(w.Meetings[i-1].Held), "one meeting follows another", m)
		if !m.Held.IsZero() {
			continue
		}
		open++
		must(!m.Fixed.IsZero() || calendar.Working(m.At), "a group meets on working days", m)
		must(w.duty(DutyGroupMeeting, itoa(m.N)) != nil, "R72: the next meeting is owed", m)
	}
	must(open == flag(w.Ended.IsZero()), "R72: one meeting is to come", open)
}

func (w *randomGroup) providersWhole() {
	goesOn := w.Ended.IsZero()
	for i := range w.Watched {
		p := &w.Watched[i]
		must(!goesOn || w.duty(DutyCoverage, p.Code) != nil, "R74: every provider is to be considered", p)
		must(p.Level != RiskSummitLevel || p.Case != "", "the level of a case has a case", p)
		must(p.Level != EnhancedLevel || !goesOn || w.duty(DutyLevelReview, p.Code) != nil,
			"N40: the level is reviewed", p)
	}
}

// TestWhateverHappensTheGroupStaysWhole tries random months of random acts. HTR_GROUPS says
// how many, HTR_SEED plays one.
func TestWhateverHappensTheGroupStaysWhole(t *testing.T) {
	n, held := 0, 0
	randomGroups.tryAll(t, "HTR_GROUPS", 400, func(g *game) {
		w := g.world.(*randomGroup)
		n++
		for _, m := range w.Meetings {
			held += flag(!m.Held.IsZero())
		}
		if n%8 == 0 {
			w.readable(t, g.now)
		}
	})
	if n >= 50 && held < n {
		t.Fatalf("%d random groups held only %d meetings", n, held)
	}
}

// readable makes every page once: none may fail on any group.
func (w *randomGroup) readable(t *testing.T, now time.Time) {
	for _, table := range []Table{w.OutcomeLog(), w.ActionLog(now), w.RegionalReport(w.ReportNow(now))} {
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
func BenchmarkRandomGroups(b *testing.B) { randomGroups.measure(b) }
