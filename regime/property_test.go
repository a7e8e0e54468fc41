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

// player does random but possible things in a case: any verb, by any body, at any time. What
// the rules refuse must have changed nothing; what they take must leave the case whole.
type player struct {
	*script
	rng  *rand.Rand
	seed uint64
	log  []string
	seen int // notices that have been looked at
}

var everybody = []Party{nhse, "NHSCB/Y55", "CCG/07J", "CCG/07K", "CQC", "MONITOR", "TDA", "PROVIDER",
	"LA_COMM", "LA_SAFEGUARDING", "LSCB", "SAB", "HEE", "LETB", "HEALTHWATCH_LOCAL", "GMC", "NMC", "SOS",
	"POLICE", "ROYAL_COLLEGE"}

func newPlayer(t *testing.T, seed uint64) *player {
	p := kingsLynn
	rng := rand.New(rand.NewPCG(seed, 0))
	p.Type = ProviderTypes[rng.IntN(len(ProviderTypes))]
	start := at("2013-01-01").Add(time.Duration(rng.IntN(365*24*60)) * time.Minute)
	s := openEither(t, p, seed)
	start = start.AddDate(s.now.Year()-start.Year(), 0, 0)
	s.now, s.c.Opened, s.c.StageSince = start, start, start
	return &player{script: s, rng: rng, seed: seed}
}

func (p *player) pick(n int) int { return p.rng.IntN(n) }

// likely prefers those who may act, so that cases get somewhere.
func (p *player) likely() Party {
	switch p.pick(6) {
	case 0, 1:
		return p.c.chair()
	case 2:
		return p.c.decider()
	case 3:
		if open := p.c.OpenDuties(); len(open) > 0 {
			return open[p.pick(len(open))].Owner
		}
	}
	all := everybodyUnder(p.c.Profile)
	return all[p.pick(len(all))]
}

// act fills a verb's fields with values that could be meant.
func (p *player) act(v Verb) Act {
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

func (p *player) fill(v reflect.Value, f Field) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(p.now.Add(time.Duration(p.pick(60*24*60)-10*24*60) * time.Minute).Truncate(time.Minute)))
		return
	case calendar.Period:
		v.Set(reflect.ValueOf(calendar.MustPeriod(strconv.Itoa(1+p.pick(9)) + "mo")))
		return
	case Party:
		v.SetString(string(p.likely()))
		return
	case PowerID:
		powers := p.c.profile().Powers
		v.SetString(string(powers[p.pick(len(powers))].ID))
		return
	case []Party:
		v.Set(reflect.ValueOf([]Party{p.likely(), p.likely()}))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(p.pick(2) == 0)
	case reflect.Int:
		v.SetInt(int64(p.pick(4)))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		v.Index(0).SetString(p.word(f))
	case reflect.String:
		v.SetString(p.word(f))
	}
}

func (p *player) word(f Field) string {
	if len(f.Choices) > 0 {
		return f.Choices[p.pick(len(f.Choices))]
	}
	if len(f.Flag) > 0 && p.pick(2) == 0 {
		return strings.ToUpper(f.Flag[:1]) + strconv.Itoa(1+p.pick(3)) // A1, a number that may exist
	}
	return "words"
}

// verb prefers those that move the track, so that cases come to its end.
func (p *player) verb() Verb {
	from := Verbs()
	if p.pick(2) == 0 {
		from = slices.Concat(summitVerbs, judgementVerbs, ringVerbs, responseVerbs, standardsVerbs,
			publicVerbs, questionVerbs, closingVerbs)
	}
	return from[p.pick(len(from))]
}

// step lets some time go by and has somebody do something.
func (p *player) step() {
	if p.pick(3) > 0 {
		p.until(p.now.Add(time.Duration(p.pick(20*24*60)) * time.Minute))
	}
	v := p.verb()
	by, act := p.likely(), p.act(v)
	before := p.shape()
	stage, way := p.c.Stage, p.c.StandingInTheWay()
	statuses := p.statuses()
	err := p.perform(by, act)
	p.log = append(p.log, fmt.Sprintf("%s %s by %s: %v", calendar.Short(p.now), v.Path, by, err))
	if err != nil {
		if after := p.shape(); after != before {
			p.fail("a refused act changed the case")
		}
		return
	}
	p.until(p.now) // the clock sees at once what is overdue already
	if p.c.Stage == Closed && stage != Closed && len(way) > 0 {
		p.fail("closed although: %v", way)
	}
	p.actionsMovedByTheirOwners(statuses, p.c.Complete(by))
}

// shape is what a refused act must leave as it was; now and then it is looked at whole.
func (p *player) shape() string {
	c := p.c
	if c.LastEntry%32 == 0 {
		raw, err := json.Marshal(c)
		if err != nil {
			p.fail("%v", err)
		}
		return string(raw)
	}
	return fmt.Sprint(c.LastEntry, c.Serial, c.Stage, len(c.Duties), len(c.Notices), len(c.Actions))
}

func (p *player) statuses() map[string]ActionStatus {
	out := map[string]ActionStatus{}
	for _, a := range p.c.Actions {
		out[a.ID] = a.Status
	}
	return out
}

func (p *player) actionsMovedByTheirOwners(before map[string]ActionStatus, by Party) {
	for _, a := range p.c.Actions {
		was, known := before[a.ID]
		if !known || was == a.Status || by == a.Owner {
			continue
		}
		if was == ActionProposed && a.Status == ActionWithdrawn && by == a.Proposer {
			continue
		}
		p.fail("R1: %s moved %s's action from %s to %s", by, a.Owner, was, a.Status)
	}
}

func (p *player) fail(format string, args ...any) {
	p.Helper()
	p.Fatalf("seed %d (HTR_SEED=%d go test ./regime -run TestWhateverHappens):\n%s\n%s", p.seed, p.seed,
		fmt.Sprintf(format, args...), strings.Join(p.log[max(0, len(p.log)-15):], "\n"))
}

// whole checks what must hold of every case at every moment.
func (p *player) whole() {
	c := p.c
	if (c.Stage == Responding || c.Stage == Monitoring) && c.Ring.Holder == "" {
		p.fail("R28: nobody holds the ring while %s", c.Stage)
	}
	if c.Ring.Holder != "" && !c.IsMember(c.Ring.Holder) {
		p.fail("the ring-holder %s is no member", c.Ring.Holder)
	}
	p.entriesInOrder()
	for _, d := range c.Duties {
		p.dutyWhole(d)
	}
	for ; p.seen < len(c.Notices); p.seen++ {
		p.noticeWhole(c.Notices[p.seen])
	}
}

func (p *player) entriesInOrder() {
	for i := max(0, len(p.c.Entries)-5); i < len(p.c.Entries); i++ {
		e := p.c.Entries[i]
		if e.N != i+1 || i > 0 && e.At.Before(p.c.Entries[i-1].At) {
			p.fail("R77: entry %d is out of order", i)
		}
	}
}

func (p *player) dutyWhole(d Duty) {
	c := p.c
	if d.Kind == DutyFirstMeeting && !d.Start.Equal(c.Collective.At) {
		p.fail("R27: the 24/48 hours start at %s, judged at %s", d.Start, c.Collective.At)
	}
	if d.Kind == DutyFirstMeeting && d.Period != calendar.MustPeriod("48h") {
		p.fail("R27: the 48 hours were moved: %+v", d)
	}
	if d.Open() && c.Stage == Closed {
		p.fail("%s is owed in a closed case", d.Kind)
	}
	if d.Open() && p.now.After(d.limit()) && !d.Overdue {
		p.fail("%s is overdue since %s and the clock has not seen it", d.Kind, d.Due)
	}
	if d.Open() && c.ownerOf(d) == "" {
		p.fail("nobody owes %s", d.Kind)
	}
}

func (p *player) noticeWhole(n Notice) {
	if len(n.To) == 0 || n.Text == "" {
		p.fail("notice %s %s says nothing or goes to nobody: %+v", n.ID, n.Kind, n)
	}
	for i, r := range n.To {
		if r.Party == "" || slices.Contains(n.To[:i], r) {
			p.fail("R81: %s goes twice, or to nobody: %v", n.Kind, n.To)
		}
	}
	for _, d := range p.c.Duties {
		if d.ID != n.Duty {
			continue
		}
		if n.At.Before(d.Start) && n.Rung > 0 {
			p.fail("%s reminds of %s before it began", n.Kind, d.Kind)
		}
		if n.Rung > 0 && !d.Open() && d.Ended.Before(n.At) && d.Grace.IsZero() && !p.backdated(d) {
			p.fail("R81: %s reminds of %s after its end", n.Kind, d.Kind)
		}
	}
}

// backdated duties end when the thing was done, which may be before it was recorded.
func (p *player) backdated(d Duty) bool { return d.Kind == DutyFirstMeeting }

// TestWhateverHappensTheCaseStaysWhole tries random months of random acts. HTR_SEED replays
// one; HTR_CASES says how many (default 400).
func TestWhateverHappensTheCaseStaysWhole(t *testing.T) {
	if s := os.Getenv("HTR_SEED"); s != "" {
		seed, _ := strconv.ParseUint(s, 10, 64)
		months(t, seed)
		return
	}
	n := 400
	if s := os.Getenv("HTR_CASES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	reached := map[Stage]int{}
	for seed := range uint64(n) {
		reached[months(t, seed)]++
	}
	for _, s := range track {
		if reached[s] == 0 && n >= 1500 {
			t.Errorf("of %d random cases none ended %s: %v", n, s, reached)
		}
	}
}

func months(t *testing.T, seed uint64) Stage {
	t.Helper()
	p := newPlayer(t, seed)
	if p.pick(3) > 0 {
		_ = p.perform(p.c.support(), &TriggerRiskSummit{Concern: "words", Source: "media"})
	}
	for range 20 + p.pick(100) {
		p.step()
		p.whole()
	}
	return p.c.Stage
}

func TestACaseSurvivesItsJourneyThroughJSON(t *testing.T) {
	for seed := range uint64(50) {
		p := newPlayer(t, seed)
		for range 40 {
			p.step()
		}
		raw, err := json.Marshal(p.c)
		if err != nil {
			t.Fatal(err)
		}
		again := new(Case)
		if err := json.Unmarshal(raw, again); err != nil {
			t.Fatal(err)
		}
		twice, _ := json.Marshal(again)
		if !slices.Equal(raw, twice) {
			t.Fatalf("seed %d: %s\n%s", seed, raw, twice)
		}
		a, _ := p.c.NextAlarm()
		b, _ := again.NextAlarm()
		if !a.At.Equal(b.At) || a.Says != b.Says {
			t.Fatalf("seed %d: the clock differs: %+v %+v", seed, a, b)
		}
	}
}
