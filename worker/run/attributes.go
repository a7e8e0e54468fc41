package run

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"google.golang.org/grpc"

	"holdthering/workflows"
)

// Operator is the part of Temporal's operator service that Prepare needs.
type Operator interface {
	AddSearchAttributes(context.Context, *operatorservice.AddSearchAttributesRequest,
		...grpc.CallOption) (*operatorservice.AddSearchAttributesResponse, error)
	ListSearchAttributes(context.Context, *operatorservice.ListSearchAttributesRequest,
		...grpc.CallOption) (*operatorservice.ListSearchAttributesResponse, error)
}

// How long a namespace may take to show attributes that were added: servers read them from a
// cache that is a minute old at most.
const (
	attributesPatience = 90 * time.Second
	attributesPause    = time.Second
)

// Prepare sees that the namespace knows the search attributes of a case, each under its own
// type. Adding one that is there under another type is answered by silence and changes
// nothing, so that what is there is compared afterwards. The error says what to mend.
func Prepare(ctx context.Context, op Operator, namespace string) error {
	missing, err := compare(ctx, op, namespace)
	if err != nil || len(missing) == 0 {
		return err
	}
	_, err = op.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: missing})
	if err != nil {
		return fmt.Errorf("namespace %q lacks the search attributes %s, and they could not be added: %w",
			namespace, listed(missing), err)
	}
	ctx, cancel := context.WithTimeout(ctx, attributesPatience)
	defer cancel()
	for {
		missing, err = compare(ctx, op, namespace)
		if err != nil || len(missing) == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("namespace %q does not show the search attributes %s, which were added",
				namespace, listed(missing))
		case <-time.After(attributesPause):
		}
	}
}

// compare gives those that the namespace lacks; one of another type is an error.
func compare(ctx context.Context, op Operator, namespace string) (map[string]enums.IndexedValueType, error) {
	have, err := op.ListSearchAttributes(ctx,
		&operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return nil, fmt.Errorf("the search attributes of namespace %q: %w", namespace, err)
	}
	missing := map[string]enums.IndexedValueType{}
	for _, a := range workflows.SearchAttributes() {
		kind, ok := have.GetCustomAttributes()[a.GetName()]
		switch {
		case !ok:
			missing[a.GetName()] = a.GetValueType()
		case kind != a.GetValueType():
			return nil, fmt.Errorf("the search attribute %s of namespace %q is of type %s and must be %s: "+
				"somebody else has registered it. Remove it ('temporal operator search-attribute "+
				"remove --name %[1]s') or use another namespace", a.GetName(), namespace, kind, a.GetValueType())
		}
	}
	return missing, nil
}

// listed names the attributes in the order of the product's own list.
func listed(some map[string]enums.IndexedValueType) string {
	var names []string
	for _, a := range workflows.SearchAttributes() {
		if _, ok := some[a.GetName()]; ok {
			names = append(names, a.GetName())
		}
	}
	return strings.Join(names, ", ")
}
