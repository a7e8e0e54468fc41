package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"

	"holdthering/message"
	"holdthering/regime/failure"
)

// TaskQueue is where every worker of the product looks for work.
const TaskQueue = "holdthering"

// How the programs name themselves to the server. It keeps that openly with every act and every
// task, so it must not say at whose computer it was done, as the SDK's own would.
const (
	StarterIdentity = "holdthering-starter"
	WorkerIdentity  = "holdthering-worker"
)

// CaseWorkflow is the name under which FailureCase is registered; it is part of every
// running case and never changes.
const CaseWorkflow = "FailureCase"

// QueryState asks a case for its Snapshot.
const QueryState = "State"

// Input starts a case, or carries it into the next run.
type Input struct {
	Schema  int              `json:"schema"`
	Opening *failure.Opening `json:"opening,omitempty"` // of a new case
	Case    *failure.Case    `json:"case,omitempty"`    // of one that goes on
	// ClockOffset is added to Temporal's time to have the case's own. It is zero but for a
	// demonstration, whose scenario lies in the past.
	ClockOffset time.Duration `json:"clockOffset,omitempty"`
	// Chapter counts the runs that came before.
	Chapter int `json:"chapter,omitempty"`
	// Scene sets the play of a scenario apart: the case tells the groups of its own scene, and
	// no other. Empty but for a demonstration.
	Scene string `json:"scene,omitempty"`
	// GroupsTold says what the surveillance groups concerned were last told.
	GroupsTold string `json:"groupsTold,omitempty"`
	// Filing is how its record on file stood; nil where nothing is said of it.
	Filing *message.Filing `json:"filing,omitempty"`
	// FiledEntry is the latest entry that is on file.
	FiledEntry int `json:"filedEntry,omitempty"`
}

// Snapshot answers QueryState: the whole case as of the case's own time Now, which for a
// sleeping case is when it last had something to do.
type Snapshot struct {
	Case        *failure.Case  `json:"case"`
	Now         time.Time      `json:"now"`
	ClockOffset time.Duration  `json:"clockOffset,omitempty"`
	Chapter     int            `json:"chapter"`
	Filing      message.Filing `json:"filing,omitzero"`
}

// ErrorTypeMistake is the type of the error that answers an act that cannot be understood.
// An act that a rule refuses is answered by an error whose type is the rule: "R55".
const ErrorTypeMistake = "MISTAKE"

// ErrorTypeDoubt is that of an error that asks back: the same act is taken if the request says
// that it is meant.
const ErrorTypeDoubt = "DOUBT"

// Search attributes: codes from closed lists only, since nothing encrypts them.
var (
	AttrStage        = temporal.NewSearchAttributeKeyKeyword("CaseStage")
	AttrRingHolder   = temporal.NewSearchAttributeKeyKeyword("RingHolder")
	AttrProvider     = temporal.NewSearchAttributeKeyKeyword("ProviderCode")
	AttrProviderType = temporal.NewSearchAttributeKeyKeyword("ProviderType")
	AttrAreaTeam     = temporal.NewSearchAttributeKeyKeyword("AreaTeam")
	AttrMeasures     = temporal.NewSearchAttributeKeyKeyword("SpecialMeasures")
	AttrNextDue      = temporal.NewSearchAttributeKeyTime("NextDue")
	AttrTrouble      = temporal.NewSearchAttributeKeyKeyword("RecordTrouble")
	AttrOverdue      = temporal.NewSearchAttributeKeyInt64("DutiesOverdue")
	AttrMailsHeld    = temporal.NewSearchAttributeKeyInt64("MailsHeld")
)

// SearchAttributes lists what a namespace must know before a case can start in it.
func SearchAttributes() []temporal.SearchAttributeKey {
	return []temporal.SearchAttributeKey{AttrStage, AttrRingHolder, AttrProvider,
		AttrProviderType, AttrAreaTeam, AttrMeasures, AttrNextDue, AttrOverdue, AttrTrouble, AttrMailsHeld}
}
