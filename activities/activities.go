package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/notices"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/register"
	"holdthering/workflows"
)

// Channel takes mails; *outbox.Outbox and the others of package mail do.
type Channel interface {
	Name() string
	Send(ctx context.Context, m mail.Message) mail.Result
}

// Directory says who acts for a party at a moment. The error is a directory.Gap when there is no
// one to write to. *directory.Directory is one.
type Directory interface {
	Lookup(p regime.Party, at time.Time, l directory.Level) (directory.Contact, error)
}

// Activities are the case's hands. All fields up to Confirm must be set; any number of goroutines may use
// the methods.
type Activities struct {
	Channel   Channel
	Directory Directory
	Records   string          // directory of the case records, made if need be
	Seal      register.Sealer // of what is over in them
	// Shelf is where what is over goes, if workers share a place for it; nil: into the records.
	Shelf     register.Shelf
	Confirm   Confirmation
	Templates *notices.Library // nil: those that are shipped
	// Links are the members' pages; nil where there are none. Secretariat is how members reach it.
	Links       *link.Issuer
	Secretariat notices.Secretariat
	// ReplyTo is the mailbox to which a reply to a mail goes; may be empty.
	ReplyTo string
	// Unread: nobody reads the mails, so that what they say is not written. For a rehearsal.
	Unread bool

	memory memory
	held   heldBook
}

// Register makes the activities known to a worker, under the names that cases call.
func (a *Activities) Register(r worker.ActivityRegistry) {
	r.RegisterActivityWithOptions(a.SendNotices,
		activity.RegisterOptions{Name: message.ActivitySendNotices})
	r.RegisterActivityWithOptions(a.KeepRecord,
		activity.RegisterOptions{Name: message.ActivityKeepRecord})
	r.RegisterActivityWithOptions(a.ReadRegister,
		activity.RegisterOptions{Name: message.ActivityReadRegister})
	r.RegisterActivityWithOptions(a.TellGroups,
		activity.RegisterOptions{Name: message.ActivityTellGroups})
	a.RegisterOpening(r)
}

// RegisterOpening is the part of Register by which cases are opened.
func (a *Activities) RegisterOpening(r worker.ActivityRegistry) {
	r.RegisterActivityWithOptions(a.OpenCase, activity.RegisterOptions{Name: workflows.ActivityOpenCase})
	r.RegisterActivityWithOptions(a.StandingCases, activity.RegisterOptions{Name: workflows.ActivityStanding})
}
