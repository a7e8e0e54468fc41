package regime

import (
	"strings"
)

// Words is the state in words: "in force".
func (s MeasuresState) Words() string {
	return strings.ToLower(strings.ReplaceAll(string(s), "_", " "))
}

// Choices lists the states of special measures.
func (MeasuresState) Choices() []string {
	return []string{string(MeasuresRecommended), string(MeasuresDeclined), string(MeasuresInForce),
		string(MeasuresExited), string(MeasuresFurther), string(MeasuresDeregistered), string(MeasuresCeased)}
}

// Choices lists the stages.
func (Stage) Choices() []string {
	var out []string
	for _, w := range stageWords {
		out = append(out, string(w.stage))
	}
	return out
}

// MeasuresState is where one episode of special measures stands (regime 2.6, 2.7).
type MeasuresState string

// The states of an episode.
const (
	MeasuresRecommended  MeasuresState = "RECOMMENDED"
	MeasuresDeclined     MeasuresState = "DECLINED"
	MeasuresInForce      MeasuresState = "IN_FORCE"
	MeasuresExited       MeasuresState = "EXITED"
	MeasuresFurther      MeasuresState = "FURTHER_ACTION"
	MeasuresDeregistered MeasuresState = "REGISTRATION_PROCEEDINGS"
	// MeasuresCeased: the provider itself has ended (R113).
	MeasuresCeased MeasuresState = "PROVIDER_CEASED"
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
	{Convening, "convening the risk summit", "The risk summit is being convened"},
	{InSession, "risk summit in session", "The risk summit is in session"},
	{Judging, "awaiting the collective judgement", "The collective judgement is awaited"},
	{RingHolderPending, "agreeing on a ring-holder", "The members are agreeing on a ring-holder"},
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

// Track is the order of the stages; a case may leave it for StoodDown.
var Track = []Stage{
	UnderSurveillance, Convening, InSession, Judging, RingHolderPending, Responding,
	Monitoring, Closed,
}

func (s Stage) rank() int {
	for i, t := range Track {
		if t == s {
			return i
		}
	}
	return len(Track) - 2 // stood down: past everything but closing
}

// Reached reports whether the track has come to stage t or passed it.
func (s Stage) Reached(t Stage) bool { return s.rank() >= t.rank() }
