package loopback

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Server serves until it is closed.
type Server struct {
	server   *http.Server
	listener net.Listener
	done     chan error
	ended    atomic.Bool
}

// patience is how long Close lets what is in hand be answered.
const patience = 20 * time.Second

// Listen serves the handler at host:port; without a host, on this machine alone. Port 0 is a free
// one. At an address of this machine alone it answers only under this machine's own names and the
// further ones, see Own; one who has it listen wider has chosen to.
func Listen(address string, h http.Handler, names ...string) (*Server, error) {
	return ListenTelling(address, h, func(string) {}, names...)
}

// ListenTelling is Listen that also tells of each name that it refuses.
func ListenTelling(address string, h http.Handler, refused func(host string), names ...string) (*Server, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%q is not host:port", address)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, err
	}
	if ip := listener.Addr().(*net.TCPAddr).IP; ip.IsLoopback() {
		h = OwnTelling(h, refused, names...)
	}
	s := &Server{listener: listener, done: make(chan error, 1), server: &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}}
	go func() {
		err := s.server.Serve(listener)
		s.ended.Store(true)
		s.done <- err
	}()
	return s, nil
}

// Only reports whether the address is one of this machine alone.
func Only(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "" || host == "localhost" || ip != nil && ip.IsLoopback())
}

// Address is where it listens.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Serves is an error once it serves no more.
func (s *Server) Serves(context.Context) error {
	if s.ended.Load() {
		return errors.New("nothing is served any more")
	}
	return nil
}

// Close takes no more and lets what is in hand be answered.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		return err
	}
	if err := <-s.done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
