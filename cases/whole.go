package cases

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"holdthering/message"
	"holdthering/regime/ledger"
	"holdthering/seal"
	"holdthering/workflows"
)

// Whole gives a case back all that has left it for the register. Where that cannot be read, Lacks says so, and
// the rest is as it was.
func (t *Temporal) Whole(ctx context.Context, s Snapshot) (Snapshot, error) {
	contents, lacks, err := t.contents(ctx, theCase(s.Case.Ref), s.Case.Ref, s.Case.Past)
	if err != nil || lacks != "" {
		s.Lacks = lacks
		return s, err
	}
	s.Case, err = message.Whole(s.Case, contents)
	return s, err
}

// WholeGroup does the same for the group of a place.
func (t *Temporal) WholeGroup(ctx context.Context, place string, s GroupSnapshot) (GroupSnapshot, error) {
	id := workflows.GroupID(place)
	contents, lacks, err := t.contents(ctx, theGroup(place), id, s.Group.Past)
	if err != nil || lacks != "" {
		s.Lacks = lacks
		return s, err
	}
	s.Group, err = message.WholeGroup(s.Group, contents)
	return s, err
}

// contents has a worker read the register, as many parts at a time as it hands on.
func (t *Temporal) contents(ctx context.Context, a asked, ref string, past ledger.Past) (out [][]byte, lacks string, err error) {
	bytes := seal.Bytes{Converter: seal.NewConverter(t.settings.Keys, nil)}
	for len(out) < past.Parts {
		var read message.Read
		err := t.ask(ctx, question{asked: a, once: func(ctx context.Context) error {
			run, err := t.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "register-" + uuid.NewString(),
				TaskQueue: workflows.TaskQueue, StaticSummary: "Reads the register of " + ref},
				workflows.ReaderWorkflow, message.Reading{Ref: ref, Head: past.Digest, After: len(out)})
			if err != nil {
				return err
			}
			err = run.Get(ctx, &read)
			var why *temporal.ApplicationError
			if errors.As(err, &why) && (why.Type() == message.ErrorTypeBehind || why.Type() == message.ErrorTypeBroken) {
				lacks = "What is over cannot be read: " + why.Message() + ". Put it back, or give all workers one folder."
				return nil
			}
			return err
		}})
		if err != nil || lacks != "" {
			return nil, lacks, err
		}
		if len(read.Parts) == 0 {
			return nil, "What is over cannot be read: the register ends too soon.", nil
		}
		for _, sealed := range read.Parts {
			raw, err := bytes.Open(sealed)
			if err != nil {
				return nil, "", err
			}
			out = append(out, raw)
		}
	}
	return out, "", nil
}
