package run_test

import (
	"context"
	"maps"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	namespacepb "go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
)

// server is as much of a Temporal server as a worker without work sees: it has nothing to
// do, and notes who asks.
type server struct {
	workflowservice.UnimplementedWorkflowServiceServer
	operatorservice.UnimplementedOperatorServiceServer

	mu         sync.Mutex
	namespaces []string
	attributes map[string]enums.IndexedValueType
	polled     chan *workflowservice.PollWorkflowTaskQueueRequest
	// unknownFor is how often a version is not known yet before it can be made current.
	unknownFor int
	current    []string
}

func newServer() *server {
	return &server{namespaces: []string{"holdthering"}, attributes: map[string]enums.IndexedValueType{},
		polled: make(chan *workflowservice.PollWorkflowTaskQueueRequest, 100)}
}

// serve answers at the address, until the test ends.
func (s *server) serve(t *testing.T, address string) string {
	t.Helper()
	at, _ := s.serveUntil(t, address)
	return at
}

// serveUntil is serve, with what ends it before.
func (s *server) serveUntil(t *testing.T, address string) (string, func()) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	require.NoError(t, err)
	g := grpc.NewServer()
	workflowservice.RegisterWorkflowServiceServer(g, s)
	operatorservice.RegisterOperatorServiceServer(g, s)
	go g.Serve(l)
	t.Cleanup(g.Stop)
	return l.Addr().String(), g.Stop
}

// freeAddress is one at which nobody answers yet.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

func (s *server) GetSystemInfo(context.Context, *workflowservice.GetSystemInfoRequest) (
	*workflowservice.GetSystemInfoResponse, error) {
	return &workflowservice.GetSystemInfoResponse{
		Capabilities: &workflowservice.GetSystemInfoResponse_Capabilities{}}, nil
}

func (s *server) DescribeNamespace(_ context.Context, r *workflowservice.DescribeNamespaceRequest) (
	*workflowservice.DescribeNamespaceResponse, error) {
	for _, n := range s.namespaces {
		if n == r.Namespace {
			return &workflowservice.DescribeNamespaceResponse{
				NamespaceInfo: &namespacepb.NamespaceInfo{Name: n}}, nil
		}
	}
	return nil, serviceerror.ToStatus(serviceerror.NewNamespaceNotFound(r.Namespace)).Err()
}

func (s *server) PollWorkflowTaskQueue(ctx context.Context, r *workflowservice.PollWorkflowTaskQueueRequest) (
	*workflowservice.PollWorkflowTaskQueueResponse, error) {
	select {
	case s.polled <- r:
	default:
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

func (s *server) PollActivityTaskQueue(ctx context.Context, _ *workflowservice.PollActivityTaskQueueRequest) (
	*workflowservice.PollActivityTaskQueueResponse, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (s *server) SetWorkerDeploymentCurrentVersion(_ context.Context,
	r *workflowservice.SetWorkerDeploymentCurrentVersionRequest) (
	*workflowservice.SetWorkerDeploymentCurrentVersionResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.unknownFor--; s.unknownFor >= 0 {
		return nil, serviceerror.ToStatus(serviceerror.NewNotFound("no such version")).Err()
	}
	s.current = append(s.current, r.DeploymentName+"/"+r.BuildId)
	return &workflowservice.SetWorkerDeploymentCurrentVersionResponse{}, nil
}

func (s *server) madeCurrent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *server) AddSearchAttributes(_ context.Context, r *operatorservice.AddSearchAttributesRequest) (
	*operatorservice.AddSearchAttributesResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, kind := range r.SearchAttributes {
		if _, there := s.attributes[name]; !there { // a known name is left as it is, in silence
			s.attributes[name] = kind
		}
	}
	return &operatorservice.AddSearchAttributesResponse{}, nil
}

func (s *server) ListSearchAttributes(context.Context, *operatorservice.ListSearchAttributesRequest) (
	*operatorservice.ListSearchAttributesResponse, error) {
	return &operatorservice.ListSearchAttributesResponse{CustomAttributes: s.known()}, nil
}

func (s *server) known() map[string]enums.IndexedValueType {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.attributes)
}
