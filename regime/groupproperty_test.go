package regime

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// groupPlayer does random but possible things in a group, as player does in a case.
type groupPlayer struct {
	*groupScript
	rng  *rand.Rand
	seed uint64
	log  []string
	seen int
}

func newGroupPlayer(t *testing.T, seed uint64) *groupPlayer {
	rng := rand.New(rand.NewPCG(seed, 1))
	o := eastAnglia
	if rng.IntN(3) == 0 {
		o = inRegion()
	}
	o = eitherGroup(o, seed)
	o.Rotation = Rotation(Rotation("").Choices()[rng.IntN(2)])
	start := at("2013-01-01").Add(time.Duration(rng.IntN(365*24*60)) * time.Minute)
	s := group(t, "2013-01-01", o)
	g, err := OpenGroup(o, start)
	if err != nil {
		t.Fatal(err)
	}
	s.g, s.now = g, start
	return &groupPlayer{groupScript: s, rng: rng, seed: seed}
}

func (p *groupPlayer) pick(n int) int { return p.rng.IntN(n) }

func (p *groupPlayer) likely() Party {
	switch p.pick(4) {
	case 0:
		return p.g.support()
	case 1:
		return p.g.Members[p.pick(len(p.g.Members))].Party
	case 2:
		if open := p.g.OpenDuties(); len(open) > 0 {
			return open[p.pick(len(open))].Owner
		}
	}
	all := everybodyUnder(p.g.Profile)
	return all[p.pick(len(all))]
}

func (p *groupPlayer) act(v GroupVerb) GroupAct {
	act := v.New()
	rv := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		if !f.Need && p.pick(3) == 0 {
			continue
		}
		p.fill(rv.Field(f.Index), f)
	}
	return act
}

func (p *groupPlayer) fill(v reflect.Value, f Field) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(p.now.Add(time.Duration(p.pick(90*24*60)-20*24*60) * time.Minute)))
	case calendar.Period:
		v.Set(reflect.ValueOf(calendar.MustPeriod(strconv.Itoa(1+p.pick(9)) + []string{"mo", "d", "wd"}[p.pick(3)])))
	case Party:
		v.SetString(string(p.likely()))
	case []Party:
		v.Set(reflect.ValueOf([]Party{p.likely(), p.likely()}))
	case bool:
		v.SetBool(f.Flag != "demonstration" && p.pick(2) == 0)
	case int:
		v.SetInt(int64(p.pick(4)))
	default:
		v.SetString(p.word(f))
	}
}

func (p *groupPlayer) word(f Field) string {
	switch {
	case len(f.Choices) > 0:
		return f.Choices[p.pick(len(f.Choices))]
	case f.Flag == "provider" || f.Flag == "considered":
		if n := len(p.g.Watched); n > 0 && p.pick(4) > 0 {
			return p.g.Watched[p.pick(n)].Code
		}
		return "R" + strconv.Itoa(p.pick(3))
	case f.Flag == "case":
		return "CASE-" + strconv.Itoa(p.pick(2))
	case f.Flag == "concerns" || f.Flag == "settles":
		return "C" + strconv.Itoa(1+p.pick(4)) + ",C" + strconv.Itoa(1+p.pick(4))
	case f.Flag == "action":
		return "A" + strconv.Itoa(1+p.pick(4))
	}
	return "words"
}

func (p *groupPlayer) step() {
	if p.pick(3) > 0 {
		p.until(p.now.Add(time.Duration(p.pick(25*24*60)) * time.Minute))
	}
	verbs := GroupVerbs()
	v := verbs[p.pick(len(verbs))]
	if v.Path == "group end" && p.pick(20) > 0 {
		v = verbs[1] // most groups go on
	}
	by, act := p.likely(), p.act(v)
	if p.pick(5) == 0 {
		by, act = p.g.support(), &HoldGroupMeeting{Present: []Party{p.likely()}, Record: "words"}
		v = GroupVerbOf(act)
	}
	before, members, levels := p.shape(), slices.Clone(p.g.Members), p.levels()
	err := p.perform(by, act)
	p.log = append(p.log, fmt.Sprintf("%s %s by %s: %v", calendar.Short(p.now), v.Path, by, err))
	if err != nil {
		if p.shape() != before {
			p.fail("a refused act changed the group")
		}
		return
	}
	p.until(p.now)
	p.membersBySelf(members, p.g.Complete(by), v)
	p.levelsByActs(levels, v)
}

func (p *groupPlayer) shape() string {
	raw, err := json.Marshal(p.g)
	if err != nil {
		p.fail("%v", err)
	}
	return string(raw)
}

func (p *groupPlayer) levels() map[string]SurveillanceLevel {
	out := map[string]SurveillanceLevel{}
	for _, w := range p.g.Watched {
		out[w.Code] = w.Level
	}
	return out
}

func (p *groupPlayer) membersBySelf(before []GroupMember, by Party, v GroupVerb) {
	if len(before) == len(p.g.Members) {
		return
	}
	if v.Path != "group join" && v.Path != "group leave" {
		p.fail("R71: %s changed the membership", v.Path)
	}
	was := slices.ContainsFunc(before, func(m GroupMember) bool { return m.Party == by })
	if was == p.g.IsMember(by) {
		p.fail("R71: %s moved somebody else's seat", by)
	}
}

func (p *groupPlayer) levelsByActs(before map[string]SurveillanceLevel, v GroupVerb) {
	for _, w := range p.g.Watched {
		was, known := before[w.Code]
		if known && was != w.Level && v.Path != "group level" && v.Path != "group note-case" {
			p.fail("R68: %s changed the level of %s", v.Path, w.Code)
		}
		if v.Path == "group level" && was == RiskSummitLevel && w.Level != was {
			p.fail("the group ended a case's level")
		}
	}
}

func (p *groupPlayer) fail(format string, args ...any) {
	p.Helper()
	p.Fatalf("seed %d (HTR_SEED=%d go test ./regime -run TestWhateverHappensTheGroup):\n%s\n%s", p.seed, p.seed,
		fmt.Sprintf(format, args...), strings.Join(p.log[max(0, len(p.log)-15):], "\n"))
}

// whole checks what must hold of every group at every moment.
func (p *groupPlayer) whole() {
	g := p.g
	for i, e := range g.Entries {
		if e.N != i+1 || i > 0 && e.At.Before(g.Entries[i-1].At) {
			p.fail("R77: entry %d is out of order", i)
		}
	}
	for _, d := range g.Duties {
		if d.Open() && p.now.After(d.limit()) && !d.Overdue || d.Open() && g.ownerOf(d) == "" {
			p.fail("the clock has not seen that %s is overdue, or nobody owes it: %+v", d.Kind, d)
		}
	}
	for _, a := range g.Actions {
		if b := a.Owner.Body(); b == QSGLocal || b == QSGRegional || b == ProviderBody {
			p.fail("R68: %s owns action %s", a.Owner, a.ID)
		}
	}
	p.meetingsWhole()
	p.providersWhole()
	for ; p.seen < len(g.Notices); p.seen++ {
		p.noticeWhole(g.Notices[p.seen])
	}
}

// meetingsWhole: a group that goes on always has one meeting to come, on a working day unless
// somebody fixed it, and owes it.
func (p *groupPlayer) meetingsWhole() {
	open := 0
	for _, m := range p.g.Meetings {
		if m.Held.IsZero() {
			open++
			if m.Fixed.IsZero() && !calendar.Working(m.At) || p.g.duty(DutyGroupMeeting, itoa(m.N)) == nil {
				p.fail("meeting %d: %+v", m.N, m)
			}
		}
	}
	if want := flag(p.g.Ended.IsZero()); open != want {
		p.fail("%d meetings are to come", open)
	}
}

func (p *groupPlayer) providersWhole() {
	for _, w := range p.g.Watched {
		if p.g.Ended.IsZero() && p.g.duty(DutyCoverage, w.Code) == nil {
			p.fail("R74: nobody owes that %s is considered", w.Code)
		}
		if w.Level == RiskSummitLevel && w.Case == "" {
			p.fail("%s has the level of a case and no case", w.Code)
		}
		if w.Level == EnhancedLevel && p.g.Ended.IsZero() && p.g.duty(DutyLevelReview, w.Code) == nil {
			p.fail("N40: nobody reviews the level of %s", w.Code)
		}
	}
}

func (p *groupPlayer) noticeWhole(n Notice) {
	if len(n.To) == 0 || n.Text == "" || strings.Contains(n.Text, "words") {
		p.fail("notice %s says nothing, too much, or goes to nobody: %+v", n.Kind, n)
	}
	for i, r := range n.To {
		if r.Party == "" || r.Party.Body() == ProviderBody || slices.Contains(n.To[:i], r) {
			p.fail("R81: %s goes twice, to a provider, or to nobody: %v", n.Kind, n.To)
		}
	}
	if _, ok := p.g.profile().Notice(n.Kind); !ok {
		p.fail("there is no notice %s", n.Kind)
	}
}

// TestWhateverHappensTheGroupStaysWhole tries random months of random acts.
func TestWhateverHappensTheGroupStaysWhole(t *testing.T) {
	if s := os.Getenv("HTR_SEED"); s != "" {
		seed, _ := strconv.ParseUint(s, 10, 64)
		groupMonths(t, seed)
		return
	}
	n := 100
	if s := os.Getenv("HTR_GROUPS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	held := 0
	for seed := range uint64(n) {
		held += groupMonths(t, seed)
	}
	if held < n {
		t.Fatalf("%d random groups held only %d meetings", n, held)
	}
}

func groupMonths(t *testing.T, seed uint64) int {
	t.Helper()
	p := newGroupPlayer(t, seed)
	for range 20 + p.pick(60) {
		p.step()
		p.whole()
	}
	p.readable()
	n := 0
	for _, m := range p.g.Meetings {
		n += flag(!m.Held.IsZero())
	}
	return n
}

// readable makes every page once: none may fail on any group.
func (p *groupPlayer) readable() {
	g := p.g
	tables := []Table{g.OutcomeLog(), g.ActionLog(p.now), g.RegionalReport(g.ReportNow(p.now))}
	for _, t := range tables {
		for _, r := range t.Rows {
			if len(r) != len(t.Columns) {
				p.fail("a row of %s has %d cells for %d columns", t.Title, len(r), len(t.Columns))
			}
		}
		if t.CSV() == "" || t.Markdown() == "" {
			p.fail("%s is empty", t.Title)
		}
	}
	if g.Board(p.now) == "" || g.AgendaMarkdown(p.now) == "" {
		p.fail("no board or agenda")
	}
	raw := p.shape()
	again := new(Group)
	if err := json.Unmarshal([]byte(raw), again); err != nil {
		p.fail("%v", err)
	}
	if twice, _ := json.Marshal(again); raw != string(twice) {
		p.fail("the group does not survive JSON")
	}
}
