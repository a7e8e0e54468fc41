package failure

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
)

// randomCases are cases about every type of provider: months of any acts by any body. Those
// that move the track, by those who may do them, are preferred, so that cases get somewhere.
var randomCases = ledgertest.Course{Test: "TestWhateverHappensTheCaseStaysWhole", Step: 20 * 24 * time.Hour,
	World: func(d *ledgertest.Dice) (ledgertest.World, time.Time) {
		o, start := opening(d, regime.ProviderTypes[d.Pick(len(regime.ProviderTypes))])
		c, err := Open(o, start)
		ledgertest.Must(err == nil, "a case opens", err)
		w := &randomCase{Case: c, tried: map[string]int{}}
		d.Word = func(f regime.Field) string { return w.power(d, f) }
		d.Likely = func() regime.Party { return w.likely(d) }
		return w, start
	}}

// randomCase is a case with what must have stayed as it was.
type randomCase struct {
	*Case
	past   int            // ring-holders that were
	looked int            // moments that were looked at
	tried  map[string]int // how often, by the rule that says that nothing is to block it
}

func (w *randomCase) Subject() any         { return w.Case }
func (w *randomCase) Law() *regime.Profile { return w.profile() }
func (w *randomCase) Book() *ledger.Ledger { return &w.Ledger }
func (w *randomCase) Fresh() any           { return new(Case) }

func (w *randomCase) power(d *ledgertest.Dice, f regime.Field) string {
	switch f.Flag {
	case "matter":
		return "M" + strconv.Itoa(1+d.Pick(6))
	case "concerns", "concern":
		return "K" + strconv.Itoa(1+d.Pick(3))
	case "review":
		return "E" + strconv.Itoa(1+d.Pick(2))
	case "recommendation", "recommendations":
		return "E1." + strconv.Itoa(1+d.Pick(2))
	case "death":
		return "L" + strconv.Itoa(1+d.Pick(2))
	case "contact":
		return "desk@office.example"
	}
	if f.Type.Name() != "PowerID" {
		return ""
	}
	powers := w.profile().Powers
	return string(powers[d.Pick(len(powers))].ID)
}

func (w *randomCase) likely(d *ledgertest.Dice) regime.Party {
	switch d.Pick(6) {
	case 0, 1:
		return w.chair()
	case 2:
		return w.decider()
	case 3:
		if n := len(w.Duties); n > 0 {
			return w.OwnerOf(w.Duties[d.Pick(n)])
		}
	}
	return d.Anybody()
}

var trackVerbs = slices.Concat(withdrawalVerbs, summitVerbs, judgementVerbs, ringVerbs, responseVerbs,
	standardsVerbs, publicVerbs, questionVerbs, closingVerbs)

func (w *randomCase) Next(d *ledgertest.Dice) (regime.Party, any) {
	switch d.Pick(10) {
	case 0, 1, 3, 4:
		return w.usual(d)
	case 5, 7:
		return w.beside(d)
	case 2, 6:
		return d.Likely(), d.Act(trackVerbs[d.Pick(len(trackVerbs))].New())
	}
	return d.Likely(), d.Act(verbs[d.Pick(len(verbs))].New())
}

// usual is what moves the track on from where it stands, by who may.
func (w *randomCase) usual(d *ledgertest.Dice) (regime.Party, any) {
	chair := w.chair()
	var from []any
	switch w.Stage {
	case regime.UnderSurveillance:
		return w.support(), &TriggerRiskSummit{Concern: "words", Source: "media"}
	case regime.Convening:
		if d.Pick(8) == 0 {
			return w.Trigger.By.For, &WithdrawTrigger{Reason: "words"}
		}
		from = []any{&ConveneSummit{At: d.Now.Add(time.Duration(1+d.Pick(72)) * time.Hour)},
			&OpenSummit{Attending: []regime.Party{"CQC", "MONITOR", d.Likely()}}}
	case regime.InSession:
		from = []any{new(JudgeBreach), &EndSummit{}}
	case regime.Judging:
		from = []any{new(JudgeCollectively)}
	case regime.RingHolderPending:
		if n := len(w.Ring.Candidates); n > 0 && d.Pick(2) == 0 {
			return w.Ring.Candidates[d.Pick(n)].Party, &AcceptRing{}
		}
		return d.Likely(), &ProposeRingHolder{Candidate: d.Likely()}
	default:
		if d.Pick(3) > 0 {
			return w.missing(d)
		}
		from = []any{new(ScheduleMeeting), new(HoldMeeting), new(ProposeAction), new(BeginMonitoring)}
	}
	act := from[d.Pick(len(from))]
	switch act.(type) {
	case *JudgeBreach:
		return "CQC", d.Act(act)
	case *ConveneSummit, *OpenSummit:
		return chair, act
	}
	return chair, d.Act(act)
}

// missing is what the case still lacks before it can close.
func (w *randomCase) missing(d *ledgertest.Dice) (regime.Party, any) {
	for _, v := range w.Reviews {
		if v.Received.IsZero() && v.Ended.IsZero() {
			return v.By.For, &EndReview{Review: v.ID, Reason: "words"}
		}
	}
	for _, a := range w.Actions {
		switch {
		case a.Settled():
		case a.Status == regime.ActionProposed:
			return a.Owner, &AcceptAction{Action: a.ID}
		default:
			return a.Owner, &CompleteAction{Action: a.ID, Evidence: "words"}
		}
	}
	chair, q := w.chair(), w.Questions
	switch {
	case w.Ring.Holder != "" && (len(w.Meetings) == 0 || w.Meetings[0].Held.IsZero()):
		return chair, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "words"}
	case q.Standards == nil:
		return chair, &AnswerStandards{Answer: "no", Reason: "words"}
	case q.Public == nil:
		return chair, &AnswerPublic{Answer: "no", Reason: "words"}
	case len(w.planInTheWay()) > 0:
		return chair, &AnswerPublic{Answer: "no", Reason: "words"}
	case q.Letter.IsZero():
		return chair, &SendLetter{}
	case q.Level == "":
		return w.support(), &SetLevel{Level: "enhanced", Reason: "words"}
	case w.Stage == regime.Responding && len(w.Actions) == 0: // somebody is to act (R95)
		return chair, &ProposeAction{Owner: d.Likely(), Aim: SafeguardPatients, What: "words", Due: d.Now.AddDate(0, 1, 0)}
	case w.Stage == regime.Responding:
		return chair, &BeginMonitoring{Reason: "words"}
	case w.Closing.Proposed.IsZero():
		return chair, &ProposeClosing{}
	}
	return w.support(), &CloseCase{}
}

func (w *randomCase) Try(by regime.Party, act any, now time.Time) error {
	_, err := w.Perform(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act.(Act), now)
	return err
}

// standing is what a case was before an act.
type standing struct {
	stage    regime.Stage
	holder   regime.Party
	statuses []regime.ActionStatus
}

func (w *randomCase) Before() any {
	s := standing{stage: w.Stage, holder: w.Ring.Holder}
	for _, a := range w.Actions {
		s.statuses = append(s.statuses, a.Status)
	}
	return s
}

func (w *randomCase) Moved(by regime.Party, m *ledgertest.Move, before any) {
	was := before.(standing)
	if strings.HasPrefix(VerbOf(m.Act.(Act)).Path, "succession ") { // the heir takes what the other held
		return
	}
	for i, status := range was.statuses {
		a := &w.Actions[i]
		withdrawn := status == regime.ActionProposed && a.Status == regime.ActionWithdrawn && by == a.Proposer
		ended := w.Gone != nil && a.Owner == w.Provider.Party() && a.Status == regime.ActionWithdrawn // R114
		ledgertest.Must(a.Status == status || by == a.Owner || withdrawn || ended, "R1: only its owner moves an action", a)
	}
	if h := w.Ring.Holder; h != was.holder {
		byDefault := w.profile().Fills(h.Body(), regime.DefaultRingHolder) || h.Body() == w.providerRow().DefaultRingHolder ||
			w.providerRow().DirectlyCommissioned && w.profile().Fills(h.Body(), regime.RegionalOffice) // A10
		ledgertest.Must(h == by || byDefault || w.Ring.Basis == Agreed && w.acceptedItself(h),
			"R29: nobody is made the ring-holder but the default", w.Ring)
	}
	if w.Stage == regime.Closed && was.stage != regime.Closed {
		w.closedWhole()
	}
}

// acceptedItself: a candidate's own act says so.
func (w *randomCase) acceptedItself(p regime.Party) bool {
	return slices.ContainsFunc(w.Entries,
		func(e ledger.Entry) bool { return e.Verb == "ring accept" && e.By.For == p })
}

// closedWhole looks for what the guards of closing are to have refused (2.4), not by asking them.
func (w *randomCase) closedWhole() {
	q := w.Questions
	for _, a := range w.Actions {
		ledgertest.Must(a.Settled(), "2.4: nothing closes over an action", a)
	}
	for _, v := range w.Reviews {
		ledgertest.Must(!v.Received.IsZero() || !v.Ended.IsZero(), "R115: nothing closes over a review", v)
	}
	for _, f := range w.Safeguarding {
		ledgertest.Must(f.About != regime.Adult || f.Protocol != nil, "R40: nothing closes over safeguarding", f)
		ledgertest.Must(f.About != regime.Child || f.Notified != nil && f.Engaged != nil,
			"R41: nothing closes over safeguarding", f)
	}
	for _, e := range w.Measures {
		ledgertest.Must(!e.InForce() && e.State != regime.MeasuresRecommended,
			"2.4: nothing closes over special measures", e)
	}
	if w.Collective != nil {
		ledgertest.Must(q.Standards != nil && (w.Gone != nil || !q.Letter.IsZero() && q.Level != ""),
			"2.4: nothing closes unanswered", q)
		ledgertest.Must(!w.planNeeded() || w.planAgreed() && w.carriedOut(), "R99: nothing closes over the plan for the public", w.Plans)
		ledgertest.Must(q.Public != nil || w.Collective.Value == NoFailure, "R64: nothing closes unanswered", q)
	}
}

// carriedOut: something has become of each part of the plan.
func (w *randomCase) carriedOut() bool {
	for _, part := range PlanPart("").Choices() {
		if !slices.ContainsFunc(w.PlanSteps, func(s PlanStep) bool { return string(s.Part) == part }) {
			return false
		}
	}
	return true
}

// Whole checks what must hold of every case at every moment.
func (w *randomCase) Whole(now time.Time) {
	r := &w.Ring
	if w.Stage == regime.Responding || w.Stage == regime.Monitoring {
		ledgertest.Must(r.Holder != "", "R28: somebody holds the ring", w.Stage)
	}
	ledgertest.Must(r.Holder == "" || w.IsMember(r.Holder), "the ring-holder is a member", r)
	for ; w.past < len(r.Past); w.past++ {
		next := r.Since
		if w.past+1 < len(r.Past) {
			next = r.Past[w.past+1].Since
		}
		ledgertest.Must(r.Past[w.past].Until.Equal(next), "R28: one holds the ring after the other", r)
	}
	w.clockNeverRestarted()
	w.monthsOnce(now)
	w.endedOwesNothing()
	w.nothingBlocks(now)
	for _, k := range []regime.DutyKind{DutyConvene, regime.DutyHoldSummit, DutyAcknowledgeTrigger} {
		ledgertest.Must(w.Stage != regime.UnderSurveillance || !w.owes(k),
			"R83: nothing is owed for a summit that nobody triggers", k)
	}
	for i := range w.Duties {
		ledgertest.Must(w.Stage != regime.Closed || !w.Duties[i].Open(),
			"2.4: nothing is owed in a closed case", w.Duties[i].Kind)
	}
}

func (w *randomCase) owes(k regime.DutyKind) bool {
	return slices.ContainsFunc(w.Duties, func(d ledger.Duty) bool { return d.Kind == k && d.Open() })
}

// endedOwesNothing: a provider that is no more owes nothing, is sent nothing, and is in no special
// measures but by the decider's delay (R113, R114).
func (w *randomCase) endedOwesNothing() {
	provider := w.Provider.Party()
	if !w.gone(provider) {
		return
	}
	for _, d := range w.OpenDuties() {
		ledgertest.Must(d.Owner != provider, "R114: an ended body owes nothing", d)
	}
	for i := range w.Notices {
		for _, r := range w.Notices[i].To {
			ledgertest.Must(r.Party != provider || r.State != "", "R114: an ended body is sent nothing", w.Notices[i].Kind)
		}
	}
	if e := w.episode(); e != nil && e.InForce() {
		ledgertest.Must(w.owes(DutyEndStay), "R113: the decider is to end the stay", e)
	}
}

// monthsOnce: a month's progress is published once, and not before the month has begun (B4).
func (w *randomCase) monthsOnce(now time.Time) {
	for _, e := range w.Measures {
		seen := map[int]bool{}
		for _, r := range e.Publications {
			begins := aMonth.Times(int64(r.Month - 1)).After(e.Entered)
			ledgertest.Must(!seen[r.Month] && (!begins.After(now) || calendar.SameDay(begins, now)),
				"B4: each month once, in its time", r)
			seen[r.Month] = true
		}
	}
}

// clockNeverRestarted: the 24/48 hours begin once, at the first collective judgement of failure
// (R27), and once more each time that a case is taken up again which was stood down (R86).
func (w *randomCase) clockNeverRestarted() {
	if w.Collective == nil {
		return
	}
	var begun []time.Time
	first := *w.Collective
	if len(w.EarlierCollective) > 0 {
		first = w.EarlierCollective[0]
	}
	if first.Value != NoFailure {
		begun = append(begun, first.At)
	}
	for _, t := range w.TakenUp {
		begun = append(begun, t.At)
	}
	n := 0
	for i := range w.Duties {
		d := &w.Duties[i]
		if d.Kind != DutyFirstMeeting {
			continue
		}
		ledgertest.Must(n < len(begun) && d.Start.Equal(begun[n]) && w.inTheHours(d, begun[n]), "R27: the 24/48 hours never begin again", d)
		n++
	}
	ledgertest.Must(n == len(begun), "R86: the hours begin each time", begun)
}

// inTheHours: 48 hours, or 24 where patients may be at immediate risk (R96), and never more.
func (w *randomCase) inTheHours(d *ledger.Duty, begun time.Time) bool {
	return d.Due.Equal(begun.Add(48*time.Hour)) && d.Period == calendar.MustPeriod("48h") ||
		d.Due.Equal(begun.Add(24*time.Hour)) && w.risked()
}

// risked: it was said at some time that patients may be at immediate risk.
func (w *randomCase) risked() bool {
	return w.immediateRisk() || slices.ContainsFunc(w.Notices, func(n ledger.Notice) bool { return n.Kind == regime.NoticeImmediateRisk }) ||
		slices.ContainsFunc(w.OwnActs, func(u IndividualAction) bool { return u.Immediate })
}

// TestWhateverHappensTheCaseStaysWhole tries random sequences of acts over random months.
// HTR_CASES says how many, HTR_SEED plays one.
func TestWhateverHappensTheCaseStaysWhole(t *testing.T) {
	reached, tried, acts, taken, n := map[regime.Stage]int{}, map[string]int{}, 0, 0, 0
	randomCases.TryAll(t, "HTR_CASES", 3000, func(g *ledgertest.Game) {
		w := g.World.(*randomCase)
		reached[w.Stage]++
		for rule, times := range w.tried {
			tried[rule] += times
		}
		acts, taken, n = acts+g.Moves, taken+g.Taken, n+1
	})
	t.Logf("%d cases, %d acts, %d of them taken; they ended %v; what nothing blocks was tried %v", n, acts, taken, reached, tried)
	for rule := range unblocked {
		if tried[rule] == 0 && n >= 3000 {
			t.Errorf("%s came up in none of %d random cases", rule, n)
		}
	}
	for _, s := range regime.Track {
		if reached[s] == 0 && n >= 3000 {
			t.Errorf("of %d random cases none ended %s: %v", n, s, reached)
		}
	}
}

// A case here is one sequence of acts, from a single one to a few years; see length.
func BenchmarkRandomCases(b *testing.B) { randomCases.Measure(b) }
