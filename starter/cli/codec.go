package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/loopback"
	"holdthering/seal"
)

func (a *app) codecCommand() *cobra.Command {
	var listen string
	var pages []string
	return look{
		use: "codec [flags]", short: "Let the Temporal UI in your browser read what is sealed, until Ctrl-C",
		long: "Let the Temporal UI in your browser read what is sealed, until Ctrl-C.\n\n" +
			"It opens payloads with the key of HTR_KEY_FILE for pages of the UI, and does not leave the machine.\n" +
			"In the UI, set the address that it prints as the codec server (the glasses, top right): it is new\n" +
			"each time, and whoever knows it can read everything. 'make dev' prints one by itself.",
		example: "codec --ui http://127.0.0.1:8080",
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			if !loopback.Only(listen) {
				return fmt.Errorf("--listen %s: it opens everything to who knows its address, and serves this machine alone", listen)
			}
			keys, err := seal.FromEnv(a.Getenv)
			switch {
			case err != nil:
				return err
			case len(keys) == 0:
				return errors.New(seal.Variable + "=" + seal.Open + ": nothing is sealed, the UI reads it as it is")
			}
			for i, page := range pages {
				pages[i] = strings.TrimRight(strings.TrimSpace(page), "/") // an origin ends before its path
			}
			token := seal.NewToken()
			s, err := loopback.Listen(listen, seal.Behind(token, seal.Handler(keys, pages...)))
			if err != nil {
				return fmt.Errorf("--listen: %w", err)
			}
			at := codecAt{"http://" + s.Address() + "/" + token, pages}
			if err := a.answer(asJSON, at, at.String); err != nil {
				return err
			}
			<-cmd.Context().Done()
			return s.Close()
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&listen, "listen", "127.0.0.1:8234", "`address` on this machine")
			set.StringSliceVar(&pages, "ui", []string{"http://127.0.0.1:8233"}, "`origin` of the UI's pages, repeatable")
		},
	}.command()
}

// codecAt is where payloads are opened, and for pages of which origins.
type codecAt struct {
	Endpoint string   `json:"endpoint"`
	Pages    []string `json:"pages"`
}

// String says so.
func (c codecAt) String() string {
	return "Opening payloads at " + c.Endpoint + " for pages of " + strings.Join(c.Pages, ", ") + ". Ctrl-C stops it."
}
