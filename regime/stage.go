package regime

import (
	"strings"
	"time"
)

// Stage is where the coordination track stands (regime 2.2). It says nothing about what a
// body may do by itself: that is never a matter of stage (R3).
type Stage string

// The stages of the coordination track.
const (
	UnderSurveillance Stage = "UNDER_SURVEILLANCE"
	Convening         Stage = "SUMMIT_CONVENING"
	InSession         Stage = "SUMMIT_IN_SESSION"
	Judging           Stage = "JUDGEMENT_PENDING" // summit ended, collective judgement not yet given
	RingHolderPending Stage = "RING_HOLDER_PENDING"
	Responding        Stage = "RESPONDING"
	Monitoring        Stage = "MONITORING"
	StoodDown         Stage = "STOOD_DOWN"
	Closed            Stage = "CLOSED"
)

var stageWords = []struct {
	stage           Stage
	words, sentence string
}{
	{UnderSurveillance, "under surveillance, no risk summit", "The provider is under surveillance"},
	{Convening, "risk summit being convened", "The risk summit is being convened"},
	{InSession, "risk summit in session", "The risk summit is in session"},
	{Judging, "collective judgement awaited", "The collective judgement is awaited"},
	{RingHolderPending, "ring-holder being agreed", "The members are agreeing on a ring-holder"},
	{Responding, "response under way", "The response is under way"},
	{Monitoring, "monitoring", "The case is being monitored"},
	{StoodDown, "stood down", "The case is stood down"},
	{Closed, "closed", "The case is closed"},
}

// Words is the stage in words, where no profile is at hand those of 2013.
func (s Stage) Words() string {
	for _, w := range stageWords {
		if w.stage == s {
			return w.words
		}
	}
	return string(s)
}

// stageWords is the stage in the words of the case's profile.
func (c *Case) stageWords() string { return c.labels().Stage(c.Stage) }

// Stage is a stage in the words of the profile.
func (l Labels) Stage(s Stage) string { return strings.ReplaceAll(s.Words(), "risk summit", l.Summit) }

// StageSentence says where a case stands, without a full stop.
func (l Labels) StageSentence(s Stage) string {
	for _, w := range stageWords {
		if w.stage == s {
			return strings.ReplaceAll(w.sentence, "risk summit", l.Summit)
		}
	}
	return "The case is at " + string(s)
}

func (c *Case) enterStage(s Stage, now time.Time) {
	c.Stage, c.StageSince = s, latest(c.StageSince, now)
}

// track is the order of the stages; a case may leave it for StoodDown.
var track = []Stage{
	UnderSurveillance, Convening, InSession, Judging, RingHolderPending, Responding,
	Monitoring, Closed,
}

func (s Stage) rank() int {
	for i, t := range track {
		if t == s {
			return i
		}
	}
	return len(track) - 2 // stood down: past everything but closing
}

// Reached tells whether the track has come to stage t or passed it.
func (s Stage) Reached(t Stage) bool { return s.rank() >= t.rank() }
