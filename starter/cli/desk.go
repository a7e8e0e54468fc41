package cli

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/desk"
	"holdthering/desk/key"
	"holdthering/environ"
	"holdthering/loopback"
	"holdthering/seal"
	"holdthering/verbs"
)

// deskFlags are how the desk is served.
type deskFlags struct {
	listen, userHeader string
	names              []string
	unopened, silent   bool
}

func (a *app) deskCommand() *cobra.Command {
	var f deskFlags
	return look{
		use: "desk [flags]", short: "Open the desk in the browser: what is owed today, each case, each group, the country",
		long: "Open the desk in the browser: what is owed today, each case, each group, the country.\n\n" +
			"It prints an address that opens the desk once, and then for that browser alone. Where a desk listens\n" +
			"already, as that of 'make dev' does, it prints a new address of that one; else it serves one until Ctrl-C.\n\n" +
			"For a team, have the organisation's proxy sign people in, and name by --user-header the header in which it\n" +
			"says who it is. Whoever reaches the desk past the proxy could set that header too.",
		example: "desk",
		run:     func(cmd *cobra.Command, _ []string, asJSON bool) error { return a.desk(cmd.Context(), f, asJSON) },
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.listen, "listen", key.Usual, "`address` to listen at")
			set.StringVar(&f.userHeader, "user-header", "", "`header` in which a proxy says who signed in")
			set.StringSliceVar(&f.names, "host", nil, "further `name` under which a proxy asks, repeatable")
			verbs.Formerly(set, map[string]string{"name": "host"})
			set.BoolVar(&f.unopened, "no-browser", false, "print the address alone")
			set.BoolVar(&f.silent, "no-address", false, "print no address: somebody else does")
		},
	}.command()
}

// deskAt is where the desk is opened.
type deskAt struct {
	Address string `json:"address"`
	Serving bool   `json:"serving"` // until this program ends
}

// String says so.
func (d deskAt) String() string {
	text := "The desk: " + d.Address + "\nThe address opens it once, within twelve hours; the browser then stays signed in."
	if d.Serving {
		text += " Ctrl-C closes the desk."
	}
	return text
}

func (a *app) desk(ctx context.Context, f deskFlags, asJSON bool) error {
	l, err := environ.Logger(a.Getenv, a.Stderr)
	if err != nil {
		return err
	}
	keys, err := seal.FromEnv(a.Getenv)
	if err != nil {
		return err
	}
	if !loopback.Only(f.listen) && f.userHeader == "" {
		return fmt.Errorf("--listen %s: what others reach needs a proxy that signs people in, and --user-header", f.listen)
	}
	if len(keys) > 0 && !f.silent && served(ctx, f.listen) {
		return a.openDesk(deskAt{Address: key.Address(keys, f.listen, "", time.Now())}, f, asJSON)
	}
	c, err := a.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	d := &desk.Desk{Cases: c, Keys: keys, Now: a.now, Fresh: desk.Usual, UserHeader: f.userHeader,
		Log: l}
	s, err := loopback.Listen(f.listen, d.Handler(), f.names...)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	if !f.silent {
		if err := a.openDesk(deskAt{key.Address(keys, s.Address(), "", time.Now()), true}, f, asJSON); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return s.Close()
}

// openDesk prints the address and, for who sits at a terminal, opens it.
func (a *app) openDesk(at deskAt, f deskFlags, asJSON bool) error {
	if a.Browse != nil && a.Terminal && !f.unopened && !asJSON {
		if err := a.Browse(at.Address); err != nil {
			a.note("No browser could be opened: " + err.Error() + ". Open the address by hand.")
		} else { // which has used the address up
			at.Address = strings.SplitN(at.Address, key.Path, 2)[0] + "/ (opened in the browser)"
		}
	}
	return a.answer(asJSON, at, at.String)
}

// served reports whether a desk listens there already.
func served(ctx context.Context, at string) bool {
	if _, _, err := net.SplitHostPort(at); err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+key.Path, nil)
	if err != nil {
		return false
	}
	r, err := http.DefaultClient.Do(q)
	if err != nil {
		return false
	}
	defer r.Body.Close()
	text, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	return err == nil && r.StatusCode == http.StatusUnauthorized && strings.Contains(string(text), "The desk is closed")
}
