package workflows

import (
	"context"
	"errors"
	"testing"

	"holdthering/message"
	"holdthering/regime/ledger"
)

// dying is the world while workers die: so many of them in the midst of sending.
type dying struct {
	outside
	workers int
}

func (d *dying) SendNotices(ctx context.Context, b message.Batch) (message.Report, error) {
	if d.workers--; d.workers >= 0 {
		return message.Report{}, errors.New("the worker died")
	}
	return d.outside.SendNotices(ctx, b)
}

func TestMailsGoSoonAfterTheLastOfManyWorkersHasDied(t *testing.T) {
	o := &dying{workers: 9}
	p := playWith(t, Input{Opening: &kingsLynn}, placedInMeasures[:1], "2013-10-25 10:03", o)
	if len(p.state.Notices) == 0 {
		t.Fatal("nobody is to be told")
	}
	for _, n := range p.state.Notices {
		for _, r := range n.To {
			if r.State != ledger.StateAccepted {
				t.Errorf("%s to %s: %q, with %d workers left to die", n.Kind, r.Party, r.State, o.workers)
			}
		}
	}
}
