package cases

import (
	"context"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// Cases is what the command line asks for.
type Cases interface {
	// Open begins a case with its first act, or does the act in the case if an earlier call
	// with the same reference has begun it. A refused act begins nothing. Unless the request says
	// Again, a provider that has an open case gets no second one: the error is a *Taken.
	Open(ctx context.Context, o failure.Opening, req ledger.Request, act failure.Act) (ledger.Receipt, error)
	// Act does an act in a case. The same request again is answered from the record.
	Act(ctx context.Context, ref string, req ledger.Request, act failure.Act) (ledger.Receipt, error)
	// Snapshot is a case as it stands, and how it is at the server: one that died looks
	// alive by itself. What is over may have left it for the register.
	Snapshot(ctx context.Context, ref string) (Snapshot, error)
	// Whole gives a case back all that has left it for the register. Where that cannot be read, Lacks says so.
	Whole(ctx context.Context, s Snapshot) (Snapshot, error)
	// List is one row for each case that the filter lets through, what is due soonest first.
	// It may lag behind an act by a moment.
	List(ctx context.Context, f Filter) ([]Row, error)
	// Revive brings a case back that died, as it stood when it did.
	Revive(ctx context.Context, ref, reason string) error
	// Forget has the server delete all runs of a case that has come to its own end, and says how many.
	Forget(ctx context.Context, ref string) (runs int, err error)
	Groups
	// Close lets go of the connection.
	Close()
}

// Snapshot is a case's own answer, with how it is at the server.
type Snapshot struct {
	workflows.Snapshot
	Standing Standing
	Lacks    string // why what is over is not in it, though it was asked for
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
	Held     int       `json:"mailsHeld,omitempty"`
	Ended    bool      `json:"ended,omitempty"`
	Standing *Standing `json:"standing,omitempty"`
	Trouble  string    `json:"trouble,omitempty"`
}

// Dead reports whether the case has died.
func (r Row) Dead() bool { return r.Standing != nil && r.Standing.Dead() }

// Filter narrows the list; its zero value lists every case that has not come to its own end.
type Filter struct {
	Stage    regime.Stage
	Provider string // code
	Area     string // code of an area team
	Overdue  bool   // only where something is overdue
	Ended    bool   // also those that have come to their own end
}

// Taken says that a provider has an open case already; nothing was recorded.
type Taken struct {
	Provider, Ref string // code and case
}

func (t *Taken) Error() string {
	return "there is a case about " + t.Provider + " already: " + t.Ref + ". Nothing was recorded; add what you " +
		"know to that one ('concern record --case " + t.Ref + "', or 'note add'), or open another with --again"
}

// NoCase says that there never was a case.
func NoCase(ref string) *regime.Mistake {
	return &regime.Mistake{Reason: "There is no case " + ref + "; 'list' shows the cases."}
}

// Unreachable says that there was no answer, or that the outcome is not known.
type Unreachable struct {
	Reason string // a whole sentence
	// Key is set when the act may or may not have been recorded: the same act under this key
	// is recorded once.
	Key string
	// Dead: what was asked for has died. It can be asked no more, and others still can.
	Dead bool
}

func (u *Unreachable) Error() string { return u.Reason }
