package ledger

import "time"

// Pen changes a ledger. A case or a group holds one in an unexported field, so that nothing
// outside its package opens a duty, sends a notice or adds to the chronology.
type Pen struct {
	*Ledger
	gathered   []Notice  // while an act is done; Flush numbers them and adds them to the others
	overtaken  []string  // the agreements that the act in progress has overtaken
	fellAt     time.Time // while the clock does late what was to be done then; see Notice.Fell
	recordedAt time.Time // when the act in progress is recorded; zero while the clock runs
}

// NewPen takes up the pen of a ledger, for the case or group that it is about.
func NewPen(l *Ledger, s Subject) *Pen {
	l.subject = s
	return &Pen{Ledger: l}
}
