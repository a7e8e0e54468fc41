package failure

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
)

// beside is what goes on beside the track by those who may: guests, reviews, deaths, and seldom the provider's end.
func (w *randomCase) beside(d *ledgertest.Dice) (regime.Party, any) {
	if n := len(w.Guests); n > 0 && d.Pick(3) > 0 {
		guest := w.Guests[d.Pick(n)].Party
		from := []any{&TellGuest{Guest: guest, What: "words", Due: d.Now.AddDate(0, 0, 1+d.Pick(5))}, &AnswerAsGuest{Text: "words"},
			&AnswerAsGuest{Text: "other words"}, &EndGuest{Guest: guest, Reason: "words"}, &MoveGuest{Guest: guest, Contact: "office@desk.example"},
			&ProposeAction{Owner: guest, Aim: SafeguardPatients, What: "words", Due: d.Now.AddDate(0, 1, 0)}}
		act := from[d.Pick(len(from))]
		if _, own := act.(*AnswerAsGuest); own || d.Pick(8) == 0 {
			return guest, act
		}
		return w.chair(), act
	}
	if n := len(w.Reviews); n > 0 && d.Pick(2) == 0 {
		v := w.Reviews[d.Pick(n)]
		from := []any{&ReceiveReview{Review: v.ID, Members: d.Pick(2) == 0}, &ShareReview{Review: v.ID, Members: true},
			&AddReviewRecommendation{Review: v.ID, What: "words"}, &AddReviewRecommendation{Review: v.ID, What: "other words"}, &EndReview{Review: v.ID, Reason: "words"},
			&AnswerReviewRecommendation{Recommendations: v.ID + ".1", Reason: "words"},
			&AnswerReviewRecommendation{Recommendations: v.ID + ".1", Actions: "A1"},
			&CheckReviewRecommendation{Recommendation: v.ID + ".1", Holds: "partly", Evidence: "words"}}
		return v.By.For, from[d.Pick(len(from))]
	}
	switch n := d.Pick(30); {
	case n == 0:
		return w.decider(), &EndProvider{How: "closed", None: true, Reason: "words"}
	case n < 11:
		return w.chair(), &InviteGuest{Guest: "office " + strconv.Itoa(len(w.Guests)), Contact: "desk@office.example", Why: "words"}
	case n < 14:
		return d.Likely(), &RecordDeath{What: "words"}
	case n < 16:
		return w.chair(), &AnswerCoroner{Death: "L" + strconv.Itoa(max(1, len(w.Deaths))), Answer: "yes", Reason: "words"}
	}
	return d.Likely(), &AskReview{Of: "words", What: "words", Due: d.Now.AddDate(0, 2, 0)}
}

// TestRandomCasesHaveGuestsReviewsAndEnds: what the worlds never play, they prove nothing of.
func TestRandomCasesHaveGuestsReviewsAndEnds(t *testing.T) {
	answered, met, gone, deaths := 0, 0, 0, 0
	for seed := range uint64(120) {
		d := &ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 7))}
		world, now := randomCases.World(d)
		w := world.(*randomCase)
		for i := range 60 {
			now = now.Add(12 * time.Hour)
			d.Now = now
			by, act := w.Next(d)
			_, _ = w.Perform(ledgertest.Request("key-"+strconv.Itoa(i), by, "an officer", act), act.(Act), now)
		}
		for _, g := range w.Guests {
			answered += len(slices.DeleteFunc(slices.Clone(g.Told), func(n GuestNews) bool { return n.Answer == "" }))
		}
		for _, v := range w.Reviews {
			met += len(v.Recommendations)
		}
		deaths += len(w.Deaths)
		if w.Gone != nil {
			gone++
		}
	}
	t.Logf("%d answers of guests, %d recommendations, %d deaths, %d providers ended", answered, met, deaths, gone)
	if answered < 10 || met < 5 || gone < 3 || deaths < 10 {
		t.Error("too few")
	}
}
