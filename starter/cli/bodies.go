package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/screen"
)

func (a *app) bodiesCommand() *cobra.Command {
	var areas bool
	profile := profileFlag{a: a}
	return look{
		use: "bodies [flags]", short: "The bodies: the codes and names that --by and similar flags take",
		example: "bodies",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			l, err := lookUp()
			if err != nil {
				return err
			}
			p, err := profile.profile()
			switch {
			case err != nil:
				return err
			case areas && !reference.HasAreaTeams(p):
				regions := l.ref.LaterRegions()
				return a.answer(asJSON, regions, func() string { return regionsText(p, regions, a.width()) })
			case areas:
				teams := l.ref.AreaTeams()
				return a.answer(asJSON, teams, func() string { return l.areasText(teams, a.width()) })
			}
			return a.answer(asJSON, p.Bodies, func() string { return bodiesText(p, a.width()) })
		},
		flags: func(set *pflag.FlagSet) {
			set.BoolVar(&areas, "areas", false, "the areas instead: area teams of NHS England, or regions "+
				"where the areas are those of integrated care boards")
			profile.bind(set, "the bodies")
		},
		offers: profile.offers(nil),
	}.command()
}

// bodiesText says of a profile that is based on another which bodies are unconfirmed.
func bodiesText(p *regime.Profile, width int) string {
	t := screen.Table{Heads: []string{"CODE", "CALLED", "MAY TRIGGER", "ONE IN EVERY AREA"}}
	if p.BasedOn != "" {
		t.Heads = append(t.Heads, "BASIS")
	}
	for _, b := range p.Bodies {
		row := []string{string(b.Code), strings.Join(b.Names, "; "), yes(b.Statutory), yes(b.Seated)}
		if p.BasedOn != "" {
			row = append(row, string(b.Basis))
		}
		t.Rows = append(t.Rows, row)
	}
	return strings.Join(t.Lines(width, ""), "\n")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "-"
}

func (l lookup) areasText(teams []reference.AreaTeam, width int) string {
	t := screen.Table{Heads: []string{"CODE", "AREA TEAM", "REGION"}}
	for _, team := range teams {
		region, _ := l.ref.Region(team.Region)
		t.Rows = append(t.Rows, []string{team.Code, team.Name, region.Name + " (" + region.Code + ")"})
	}
	return strings.Join(t.Lines(width, ""), "\n")
}

// regionsText is for a profile of integrated care boards; there is no list of those.
func regionsText(p *regime.Profile, regions []reference.Region, width int) string {
	t := screen.Table{Heads: []string{"CODE", "REGION"}}
	for _, r := range regions {
		t.Rows = append(t.Rows, []string{r.Code, r.Name})
	}
	return strings.Join(append(t.Lines(width, ""), screen.Wrapped("Under "+p.Name+" an area is that of an integrated "+
		"care board, named by its code, such as QMM. No list of the boards is shipped.", width)...), "\n")
}
