package verbs

import (
	"github.com/spf13/cobra"

	"holdthering/reference"
)

// OfferPlaces lets the shell offer the codes of all areas and regions.
func OfferPlaces(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return offerFlag(func(k lore) []string {
		return append(offered(k.ref.AreaTeams(), areaOf), regions(k)...)
	})(c, args, begun)
}

// OfferAreas lets the shell offer the codes of the area teams.
var OfferAreas = offerFlag(func(k lore) []string { return offered(k.ref.AreaTeams(), areaOf) })

// OfferRegions lets the shell offer the codes of the regions.
var OfferRegions = offerFlag(regions)

// regions are those of 2013 and of 2022; one code is both.
func regions(k lore) []string {
	all := k.ref.Regions()
	for _, r := range k.ref.LaterRegions() {
		if _, before := k.ref.Region(r.Code); !before {
			all = append(all, r)
		}
	}
	return offered(all, regionOf)
}

func areaOf(a reference.AreaTeam) (code, name string) { return a.Code, a.Name }

func regionOf(r reference.Region) (code, name string) { return r.Code, r.Name }

func offered[T any](all []T, of func(T) (code, name string)) []string {
	var out []string
	for _, x := range all {
		out = append(out, cobra.CompletionWithDesc(of(x)))
	}
	return out
}

// offerFlag offers what the register has.
func offerFlag(list func(lore) []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		k, err := known()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return list(k), cobra.ShellCompDirectiveNoFileComp
	}
}
