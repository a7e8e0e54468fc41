package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/temporalio/ui-server/v2/server/version"
	"go.temporal.io/server/common/headers"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "devserver:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends, which is the clean stop.
func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 1 && args[0] == "--version" {
		_, err := fmt.Fprintf(out, "devserver (Server %s, UI %s)\n",
			headers.ServerVersion, version.UIVersion)
		return err
	}
	if len(args) > 1 && args[0] == "database" && args[1] == "copy" {
		return copyDatabase(args[2:], out)
	}
	opts, err := parse(args, out)
	if err != nil {
		return err
	}
	if err := portsFree(opts); err != nil {
		return err
	}
	server, err := newServer(opts)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	if !opts.headless {
		ui, err := newUI(opts)
		if err != nil {
			return err
		}
		go serveUI(ui, ended)
		defer ui.Close()
	}
	if err := server.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	if err := addSearchAttributes(ctx, opts); err != nil {
		return errors.Join(err, server.Stop())
	}
	select {
	case <-ctx.Done():
		return server.Stop()
	case err := <-ended:
		return errors.Join(err, server.Stop())
	}
}
