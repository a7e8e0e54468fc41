package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"holdthering/desk/key"
	"holdthering/environ"
	"holdthering/launch/process"
	"holdthering/launch/server"
)

// dev runs everything until ctx ends, then stops the workers and after them the server.
func dev(ctx context.Context, s site) error {
	if at, ok := given(); ok {
		return devElsewhere(ctx, s, at)
	}
	spec, err := s.worker(usual(), demonstration)
	if err != nil {
		return err
	}
	if err := s.key(); err != nil {
		return err
	}
	real, err := s.pagesOf(cases)
	if err != nil {
		return err
	}
	played, err := s.pagesOf(demonstration)
	if err != nil {
		return err
	}
	spec.Env = append(spec.Env, played.env...)
	readable, err := openCodec(defaultCodecPort, defaultUIPort)
	if err != nil {
		return err
	}
	defer readable.close()
	opts := s.options()
	running, err := server.Start(ctx, opts)
	if err != nil {
		return err
	}
	hands, err := s.versions(ctx, usual(), real.env...)
	if err != nil {
		running.Stop()
		return err
	}
	workers, stop := context.WithCancel(ctx)
	defer stop()
	crew := muster(workers, append(hands, hand{demonstration, spec}))
	tellWhere(s, running, real, played)
	tellViews(running.UIAddress(), cases)
	closed := s.openDesk(workers, usual(), cases, key.Usual, "")
	readable.tellHow()
	running, err = watch(ctx, s, opts, running)
	stop()
	closed()
	crew.Wait()
	if err != nil {
		return err
	}
	running.Stop()
	say("Stopped. Everything is kept in %s.", s.data())
	return nil
}

// watch starts the server again whenever it ends, until ctx does.
func watch(ctx context.Context, s site, opts server.Options, running *server.Server) (*server.Server, error) {
	for {
		select {
		case <-ctx.Done():
			say("\nStopping the workers, then the server.")
			return running, nil
		case <-running.Ended():
		}
		say("The server ended; starting it again. Its log is %s.", s.data("log", "server.log"))
		var err error
		if running, err = server.Start(ctx, opts); err != nil {
			return nil, err
		}
	}
}

// devElsewhere runs one worker against a server that is not ours to start.
func devElsewhere(ctx context.Context, s site, at target) error {
	namespace := environ.Get("TEMPORAL_NAMESPACE")
	if namespace == "" {
		namespace = cases
	}
	if err := server.Reachable(ctx, namespace); err != nil {
		return fmt.Errorf("the server at TEMPORAL_ADDRESS=%s does not serve the namespace %q (%w); "+
			"without TEMPORAL_ADDRESS the embedded server is used", at.address, namespace, err)
	}
	spec, err := s.worker(at, namespace)
	if err != nil {
		return err
	}
	say("Using the server at %s, namespace %s; Ctrl-C stops the worker.", at.address, namespace)
	closed := s.openDesk(ctx, at, namespace, key.Usual, "")
	muster(ctx, []hand{{namespace, spec}}).Wait()
	closed()
	return nil
}

// muster keeps the workers running; the group waits for all to have stopped.
func muster(ctx context.Context, hands []hand) *sync.WaitGroup {
	var crew sync.WaitGroup
	for _, h := range hands {
		crew.Go(func() {
			err := process.Keep(ctx, h.spec, func(exit string, pause time.Duration) {
				say("The worker for %s ended (%s); starting it again in %v. Its log is %s.",
					h.name, exit, pause, h.spec.LogFile)
			})
			if err != nil {
				say("The worker for %s does not start: %v", h.name, err)
			}
		})
	}
	return &crew
}

func tellWhere(s site, running *server.Server, real, played served) {
	say(`Hold the Ring is running. Ctrl-C stops it; everything is kept.

  Server          %s, namespaces %s and %s
  UI              %s/namespaces/%s/workflows
  Mails           %s
  Records         %s
  Answer pages    %s (real cases), %s (demonstrations); the links to them are in the mails
  Directory       %s
  Demonstrations  %s
  Data            %s
  Logs            %s
`, running.Address(), cases, demonstration, running.UIAddress(), cases,
		s.mails(), s.records(cases), real.url, played.url, s.directory(), s.data(demonstration), s.data("temporal.db"), s.data("log"))
}

// mails says where those of real cases go: HTR_MAIL may have them sent.
func (s site) mails() string {
	switch way := strings.ToLower(strings.TrimSpace(os.Getenv("HTR_MAIL"))); way {
	case "", "outbox":
		return s.outbox(cases)
	case "smtp":
		return "sent by the mail server " + strings.TrimSpace(os.Getenv("HTR_SMTP_ADDRESS"))
	default:
		return "sent by " + way
	}
}
