package workflows

import (
	"strings"

	"go.temporal.io/sdk/workflow"

	"holdthering/regime/ledger"
)

// UpdateNoteDeliveries brings a case or a group what the mail service tells of its mails. It
// is no act of a person and has no verb; it is answered once the ledger has it, and harmless
// to repeat.
const UpdateNoteDeliveries = "NoteDeliveries"

// Deliveries are events of the mails of one case or group, in the order in which they came.
type Deliveries struct {
	Events []ledger.MailEvent `json:"events"`
}

// Noted answers Deliveries.
type Noted struct {
	News int `json:"news"` // how many of the events told something new
}

// handleDeliveries takes what the mail service tells.
func (d *runtime) handleDeliveries(ctx workflow.Context) {
	take := func(ctx workflow.Context, in Deliveries) (Noted, error) {
		d.catchUp(d.now(ctx))
		news := d.ledger.RecordDeliveryEvents(in.Events, d.now(ctx))
		if news > 0 {
			d.refresh(ctx)
		}
		return Noted{News: news}, nil
	}
	must(workflow.SetUpdateHandlerWithOptions(ctx, UpdateNoteDeliveries, take, workflow.UpdateHandlerOptions{
		Validator: func(_ workflow.Context, in Deliveries) error {
			return refusal(ledger.CheckEvents(in.Events))
		},
		Description: "What the mail service says about mails",
	}))
}

// GroupOf is the id of the group whose mails carry the reference; the mails of a case carry the case's, which is no
// id.
func GroupOf(ref string) (id string, is bool) {
	return ref, len(ref) > len(groupPrefix) && strings.HasPrefix(ref, groupPrefix)
}

// groupPrefix begins the references of groups, which are the ids of their workflows.
const groupPrefix = "group-"
