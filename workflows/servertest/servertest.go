// Package servertest gives tests a real Temporal server on which cases and groups can run.
package servertest

import (
	"log/slog"
	"testing"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"holdthering/launch/server"
	"holdthering/workflows"
)

// Open starts a server and connects to one of its namespaces, which then knows the search attributes of cases and
// groups. Both end with the test.
func Open(t testing.TB, o server.Options, namespace string) (*server.Server, client.Client) {
	t.Helper()
	s, err := server.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	c, err := client.Dial(client.Options{HostPort: s.Address(), Namespace: namespace, Identity: workflows.WorkerIdentity,
		Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	attributes := map[string]enumspb.IndexedValueType{}
	for _, a := range workflows.SearchAttributes() {
		attributes[a.GetName()] = a.GetValueType()
	}
	if _, err := c.OperatorService().AddSearchAttributes(t.Context(), &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: attributes}); err != nil {
		t.Fatal(err)
	}
	return s, c
}
