package run_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"google.golang.org/grpc"

	"holdthering/worker/run"
	"holdthering/workflows"
)

// registry is an operator service in memory.
type registry struct {
	have   map[string]enums.IndexedValueType
	refuse error // answers adding
	added  int
	hide   int // how many lists after adding do not show it yet
}

func (r *registry) AddSearchAttributes(_ context.Context, q *operatorservice.AddSearchAttributesRequest,
	_ ...grpc.CallOption) (*operatorservice.AddSearchAttributesResponse, error) {
	if r.refuse != nil {
		return nil, r.refuse
	}
	r.added++
	for name, kind := range q.SearchAttributes {
		r.have[name] = kind
	}
	return &operatorservice.AddSearchAttributesResponse{}, nil
}

func (r *registry) ListSearchAttributes(context.Context, *operatorservice.ListSearchAttributesRequest,
	...grpc.CallOption) (*operatorservice.ListSearchAttributesResponse, error) {
	if r.added > 0 {
		if r.hide--; r.hide >= 0 {
			return &operatorservice.ListSearchAttributesResponse{}, nil
		}
	}
	return &operatorservice.ListSearchAttributesResponse{CustomAttributes: r.have}, nil
}

func complete() map[string]enums.IndexedValueType {
	out := map[string]enums.IndexedValueType{}
	for _, a := range workflows.SearchAttributes() {
		out[a.GetName()] = a.GetValueType()
	}
	return out
}

func TestACompleteNamespaceNeedsNoRightToAdd(t *testing.T) {
	r := &registry{have: complete(), refuse: errors.New("denied")}
	require.NoError(t, run.Prepare(context.Background(), r, "n"))
}

func TestOneMissingAttributeIsAddedAndWaitedFor(t *testing.T) {
	r := &registry{have: complete(), hide: 1}
	delete(r.have, "NextDue")
	require.NoError(t, run.Prepare(context.Background(), r, "n"))
	require.Equal(t, 1, r.added)
	require.Equal(t, complete(), r.have)
}

func TestAttributesThatCannotBeAddedAreNamed(t *testing.T) {
	r := &registry{have: complete(), refuse: errors.New("denied")}
	delete(r.have, "NextDue")
	delete(r.have, "CaseStage")
	require.EqualError(t, run.Prepare(context.Background(), r, "n"), `namespace "n" lacks the search `+
		"attributes CaseStage, NextDue, and they could not be added: denied")
}
