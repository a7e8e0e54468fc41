package hosts_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"

	"holdthering/environ/hosts"
)

// soon is what the death of a host may cost.
const soon = 5 * time.Second

// host answers as a server of Temporal's does, and counts.
type host struct {
	workflowservice.UnimplementedWorkflowServiceServer
	address   string
	server    *grpc.Server
	asked     atomic.Int32
	authority atomic.Value
}

func (h *host) GetSystemInfo(context.Context, *workflowservice.GetSystemInfoRequest) (*workflowservice.GetSystemInfoResponse, error) {
	return &workflowservice.GetSystemInfoResponse{Capabilities: &workflowservice.GetSystemInfoResponse_Capabilities{}}, nil
}

func (h *host) CountWorkflowExecutions(ctx context.Context, _ *workflowservice.CountWorkflowExecutionsRequest) (
	*workflowservice.CountWorkflowExecutionsResponse, error) {
	h.asked.Add(1)
	if md, ok := metadata.FromIncomingContext(ctx); ok {
		h.authority.Store(md.Get(":authority")[0])
	}
	return &workflowservice.CountWorkflowExecutionsResponse{Count: 1}, nil
}

func serve(t *testing.T, o ...grpc.ServerOption) *host {
	t.Helper()
	l := listen(t)
	h := &host{address: l.Addr().String(), server: grpc.NewServer(o...)}
	workflowservice.RegisterWorkflowServiceServer(h.server, h)
	go h.server.Serve(l)
	t.Cleanup(h.server.Stop)
	return h
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func listenAt(t *testing.T, address string) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func dial(t *testing.T, o client.Options) client.Client {
	t.Helper()
	o.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	began := time.Now()
	c, err := hosts.Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > soon {
		t.Errorf("to connect took %v", took)
	}
	t.Cleanup(c.Close)
	return c
}

// ask asks often enough that each host has its turn.
func ask(t *testing.T, c client.Client, within time.Duration) {
	t.Helper()
	for range 10 {
		began := time.Now()
		if _, err := c.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > within {
			t.Errorf("the answer took %v", took)
		}
	}
}

func eachInUse(t *testing.T, c client.Client, all ...*host) {
	t.Helper()
	for range 100 { // the first may be asked alone until the others are connected to
		ask(t, c, soon)
		if !slices.ContainsFunc(all, func(h *host) bool { return h.asked.Load() == 0 }) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("a host is never asked")
}

func TestOfSeveralHostsWhichDieTheOtherIsAsked(t *testing.T) {
	a, b := serve(t), serve(t)
	c := dial(t, client.Options{HostPort: a.address + ", " + b.address})
	eachInUse(t, c, a, b)
	a.server.Stop()
	ask(t, c, soon)
	again, err := net.Listen("tcp", a.address)
	if err != nil {
		t.Fatal(err)
	}
	back := grpc.NewServer()
	defer back.Stop()
	workflowservice.RegisterWorkflowServiceServer(back, a)
	go back.Serve(again)
	a.asked.Store(0)
	for began := time.Now(); a.asked.Load() == 0; time.Sleep(50 * time.Millisecond) {
		ask(t, c, soon)
		if time.Since(began) > 30*time.Second {
			t.Fatal("the host that is back is not used")
		}
	}
	b.server.Stop()
	ask(t, c, soon)
}

func TestAFirstHostThatIsDeadOrSilentDelaysNothing(t *testing.T) {
	closed := listen(t)
	closed.Close()
	silent := listen(t) // takes connections and says nothing
	for name, first := range map[string]string{"dead": closed.Addr().String(), "silent": silent.Addr().String(),
		"unknown": "nobody.invalid:7233"} {
		t.Run(name, func(t *testing.T) {
			b := serve(t)
			c := dial(t, client.Options{HostPort: first + "," + b.address})
			ask(t, c, soon)
			if b.asked.Load() != 10 {
				t.Errorf("the second was asked %d times", b.asked.Load())
			}
		})
	}
}

// wire passes on between client and host, until it is cut: then nothing comes or goes, and nobody is told.
func wire(t *testing.T, to string) (address string, cut func()) {
	t.Helper()
	l := listen(t)
	var gone atomic.Bool
	pass := func(from, to net.Conn) {
		buf := make([]byte, 64<<10)
		for {
			n, err := from.Read(buf)
			if err != nil {
				from.Close()
				to.Close()
				return
			}
			if !gone.Load() {
				_, _ = to.Write(buf[:n])
			}
		}
	}
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				return
			}
			go pass(in, out)
			go pass(out, in)
		}
	}()
	return l.Addr().String(), func() { gone.Store(true) }
}

func unanswered(err error) bool {
	var late *serviceerror.DeadlineExceeded
	var gone *serviceerror.Unavailable
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &late) || errors.As(err, &gone)
}

func TestAHostThatFallsSilentIsLeftWithinFifteenSeconds(t *testing.T) {
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("lasts a quarter of a minute; HTR_E2E=1 runs it")
	}
	a, b := serve(t), serve(t)
	far, cut := wire(t, a.address)
	c := dial(t, client.Options{HostPort: far + "," + b.address})
	eachInUse(t, c, a, b)
	cut()
	a.asked.Store(0)
	began, answers := time.Now(), 0
	for answers < 10 { // the SDK itself gives a request up after ten seconds
		if _, err := c.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{}); err == nil {
			answers++
		} else if !unanswered(err) {
			t.Fatal(err)
		}
		if time.Since(began) > 15*time.Second {
			t.Fatalf("%d answers in %v", answers, time.Since(began))
		}
	}
	t.Logf("ten answers in %v", time.Since(began).Round(10*time.Millisecond))
	time.Sleep(max(0, 16*time.Second-time.Since(began)))
	ask(t, c, soon)
	if a.asked.Load() != 0 {
		t.Error("the wire was not cut")
	}
}

func TestASingleAddressIsConnectedToAsTheSDKDoes(t *testing.T) {
	for _, end := range []string{"", ","} {
		a := serve(t)
		c := dial(t, client.Options{HostPort: a.address + end})
		ask(t, c, soon)
		if a.asked.Load() != 10 || a.authority.Load() != a.address {
			t.Errorf("%d as %v", a.asked.Load(), a.authority.Load())
		}
	}
}

// certified serves by TLS with a certificate of that name.
func certified(t *testing.T, name string, trusted *x509.CertPool) *host {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	if ip := net.ParseIP(name); ip != nil {
		form.IPAddresses = []net.IP{ip}
	} else {
		form.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trusted.AddCert(parsed)
	return serve(t, grpc.Creds(credentials.NewTLS(&tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})))
}

func TestEachHostShowsTheCertificateOfItsOwnNameOrAllTheOneThatIsSet(t *testing.T) {
	trusted := x509.NewCertPool()
	a, b := certified(t, "localhost", trusted), certified(t, "127.0.0.1", trusted)
	_, port, _ := net.SplitHostPort(a.address)
	c := dial(t, client.Options{HostPort: "localhost:" + port + "," + b.address,
		ConnectionOptions: client.ConnectionOptions{TLS: &tls.Config{RootCAs: trusted}}})
	eachInUse(t, c, a, b)
	a.server.Stop()
	ask(t, c, soon)

	a, b = certified(t, "ring.example", trusted), certified(t, "ring.example", trusted)
	c = dial(t, client.Options{HostPort: a.address + "," + b.address,
		ConnectionOptions: client.ConnectionOptions{TLS: &tls.Config{RootCAs: trusted, ServerName: "ring.example"}}})
	eachInUse(t, c, a, b)

	other := certified(t, "other.example", trusted)
	wrong := client.Options{HostPort: a.address + "," + other.address, ConnectionOptions: client.ConnectionOptions{TLS: &tls.Config{
		RootCAs: trusted, ServerName: "ring.example"}}}
	c = dial(t, wrong)
	ask(t, c, soon)
	if other.asked.Load() != 0 {
		t.Error("a host with another's certificate is trusted")
	}
}
