package cases

import (
	"context"
	"time"

	"holdthering/regime"
	"holdthering/workflows"
)

// Cases is what the command line asks for.
type Cases interface {
	// Open begins a case with its first act, or does the act in the case if an earlier call
	// with the same reference has begun it. A refused act begins nothing.
	Open(ctx context.Context, o regime.Opening, req regime.Request, act regime.Act) (regime.Receipt, error)
	// Act does an act in a case. The same request again is answered from the record.
	Act(ctx context.Context, ref string, req regime.Request, act regime.Act) (regime.Receipt, error)
	// Snapshot is a whole case as it stands.
	Snapshot(ctx context.Context, ref string) (workflows.Snapshot, error)
	// List is one row for each case that the filter lets through, what is due soonest first.
	// It may lag behind an act by a moment.
	List(ctx context.Context, f Filter) ([]Row, error)
	Groups
	// Close lets go of the connection.
	Close()
}

// Row is a case in the list of cases: codes and dates only.
type Row struct {
	Ref          string              `json:"ref"`
	Stage        regime.Stage        `json:"stage"`
	RingHolder   regime.Party        `json:"ringHolder,omitempty"`
	Provider     string              `json:"provider"` // code
	ProviderType regime.ProviderType `json:"providerType"`
	Area         string              `json:"area,omitempty"` // code of the area team
	// Measures is the state of special measures; NONE where there never were any.
	Measures regime.MeasuresState `json:"measures"`
	NextDue  time.Time            `json:"nextDue,omitzero"`
	Overdue  int                  `json:"overdue"`
	// Held is how many mails are held because the mail service does not take them.
	Held  int  `json:"mailsHeld,omitempty"`
	Ended bool `json:"ended,omitempty"`
}

// Filter narrows the list; its zero value lists every case that has not ended.
type Filter struct {
	Stage    regime.Stage
	Provider string // code
	Area     string // code of an area team
	Overdue  bool   // only where something is overdue
	Ended    bool   // also those that have ended
}

// Unreachable says that nobody could be asked, or that the outcome is not known.
type Unreachable struct {
	Reason string // a whole sentence
	// Key is set when the act may or may not have been recorded: the same act under this key
	// is recorded once.
	Key string
}

func (u *Unreachable) Error() string { return u.Reason }
