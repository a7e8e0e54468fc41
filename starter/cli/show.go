package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/screen"
	"holdthering/verbs"
)

// view is a case on one screen.
type view struct {
	Ref      string          `json:"ref"`
	Provider regime.Provider `json:"provider"`
	About    string          `json:"about"` // the provider in words
	ledgerView
	Stage    regime.Stage `json:"stage"`
	Members  int          `json:"members"`
	Groups   []string     `json:"groups"`             // surveillance groups concerned (R12)
	Ring     *ringView    `json:"ring,omitempty"`     // while it is to be agreed who holds it
	InTheWay []string     `json:"inTheWay,omitempty"` // of closing, once it is in sight
}

func (a *app) showCommand() *cobra.Command {
	var last int
	c := look{
		use:     "show [CASE] [flags]",
		short:   "One case on a screen: where it stands, who owes what, what happened last",
		example: "show K7QM-3XRD", args: oneWord("case", true),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if err := checkLast(last); err != nil {
				return err
			}
			a.warnOfDirectory()
			s, now, err := a.snapshot(cmd.Context(), args)
			if err != nil {
				return err
			}
			v := viewOf(s, now, last)
			return a.answer(asJSON, v, func() string { return strings.Join(v.lines(a.width()), "\n") })
		},
		flags: func(set *pflag.FlagSet) { lastFlag(set, &last) },
	}.command()
	c.ValidArgsFunction = a.offerAllCases
	return c
}

func viewOf(s cases.Snapshot, now time.Time, last int) view {
	c := s.Case
	v := view{Ref: c.Ref, Provider: c.Provider, About: about(c), Stage: c.Stage, Members: len(c.Members),
		ledgerView: ledgerViewOf(c, &c.Ledger, c.Opened, now, last)}
	v.Demonstration, v.Standing = c.Demonstration, c.Standing()
	v.AtServer, v.OnFile = wrong(s.Standing), filingWords(s.Filing)
	for _, place := range slices.Concat([]string{c.Provider.AreaTeam}, c.Provider.OtherAreas,
		[]string{c.Provider.Region}) {
		if place != "" {
			v.Groups = append(v.Groups, place)
		}
	}
	v.Ring = ringOf(c)
	if c.Stage == regime.Monitoring || c.Stage == regime.StoodDown {
		v.InTheWay = c.StandingInTheWay()
	}
	return v
}

// about is the provider in words.
func about(c *failure.Case) string {
	text := c.Provider.Name + " (" + c.Provider.Code + ")"
	if row, ok := c.LawNow().ProviderRow(c.Provider.Type); ok {
		text += ", " + row.Label
	}
	if c.Provider.AreaTeam != "" {
		text += "; " + c.Name(c.LawNow().Takes(regime.SupportsGroup, c.Provider.AreaTeam))
	}
	return text
}

// groupNames names groups by code and place.
func groupNames(places []string) string {
	l, err := lookUp()
	if err != nil {
		return strings.Join(places, ", ")
	}
	var out []string
	for _, p := range places {
		out = append(out, strings.TrimSpace(p+" "+verbs.PlaceName(l.ref, p)))
	}
	return strings.Join(out, ", ")
}

func (v view) lines(width int) []string {
	var out []string
	if v.Demonstration {
		out = append(out, "DEMONSTRATION: not a real case.")
	}
	out = append(out, warningLines(v.AtServer, width)...)
	out = append(out, v.Headline)
	out = append(out, screen.Wrapped(v.About, width)...)
	out = append(out, v.lawLines(width)...)
	out = append(out, fmt.Sprintf("%d members. %s", v.Members, asOf(v.AtServer, v.Now)))
	out = append(out, screen.Wrapped("Surveillance groups: "+groupNames(v.Groups), width)...)
	if v.OnFile != "" {
		out = append(out, screen.Wrapped(v.OnFile, width)...)
	}
	out = append(out, v.standingLines(width)...)
	out = append(out, v.Ring.lines(width)...)
	if len(v.InTheWay) > 0 {
		out = append(out, "", "Before it can close")
		for _, s := range v.InTheWay {
			out = append(out, bullet(s, width)...)
		}
	}
	return append(out, v.lastLines(width)...)
}
