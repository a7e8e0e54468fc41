package mail

import "context"

// DryRun is a channel that checks a mail and sends nothing. A nil *DryRun works.
type DryRun struct {
	// Note, if set, is shown every valid mail; calls may overlap.
	Note func(Message)
}

// Name is "dry run".
func (d *DryRun) Name() string { return "dry run" }

// Send accepts every valid message.
func (d *DryRun) Send(_ context.Context, m Message) Result {
	if err := m.Validate(); err != nil {
		return m.Unfit(err)
	}
	if d != nil && d.Note != nil {
		d.Note(m)
	}
	return Result{Outcome: Accepted, Detail: "dry run: nothing was sent"}
}
