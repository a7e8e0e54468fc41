package verbs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// GroupNoun is the first word of every verb of a surveillance group.
const GroupNoun = "group"

const placeFlag = "group"

// GroupParsed is one command line of a surveillance group understood.
type GroupParsed struct {
	Verb    surveillance.Verb
	Act     surveillance.Act
	Request ledger.Request
	Place   string // code of the group's area or region
	JSON    bool   // the answer is wanted as JSON
	DryRun  bool   // as in Parsed
	// Starts is set where groups are to be started; nothing else is then.
	Starts []surveillance.Opening
}

// GroupCommands builds a command for each verb of a surveillance group, to stand under
// GroupNoun.
func GroupCommands(env Env, run func(*cobra.Command, GroupParsed) error) []*cobra.Command {
	return groupCommandsFor(surveillance.Verbs(), env, run)
}

// groupCommandsOf is the command that the words name, and all where they name none.
func groupCommandsOf(args []string, env Env, run func(*cobra.Command, GroupParsed) error) []*cobra.Command {
	for _, v := range surveillance.Verbs() {
		if len(args) > 0 && v.Path == GroupNoun+" "+args[0] {
			return groupCommandsFor([]surveillance.Verb{v}, env, run)
		}
	}
	return GroupCommands(env, run)
}

func groupCommandsFor(all []surveillance.Verb, env Env, run func(*cobra.Command, GroupParsed) error) []*cobra.Command {
	var out []*cobra.Command
	for _, v := range all {
		c := groupCommand(v, env, run)
		env.complete(c)
		out = append(out, c)
	}
	return out
}

func groupCommand(v surveillance.Verb, env Env, run func(*cobra.Command, GroupParsed) error) *cobra.Command {
	v.Example = strings.ReplaceAll(v.Example, "--group GROUP", "--group Q56")
	c, fields := verbCommand(v, strings.TrimPrefix(v.Path, GroupNoun+" "))
	r := reading{env, v.Path, fields, bindAll(c, "case"), c.Flags(), bindOpenText(c, fields)}
	c.RunE = func(c *cobra.Command, _ []string) error {
		p := GroupParsed{Verb: v, Act: v.New(), JSON: r.common.json.on(), DryRun: r.common.dryRun.on()}
		err := r.supplyRegistered(p.Act)
		if err != nil {
			return err
		}
		if p.Request, err = r.request(p.Act); err != nil {
			return err
		}
		if err = nameProvider(p.Act); err != nil {
			return err
		}
		if p.Place, err = GroupPlace(r.common.place.or(env.Group)); err != nil {
			return err
		}
		return run(c, p)
	}
	return c
}

// GroupPlace reads which group is meant: the code or name of an area team or region. That of a
// scenario that was played has the case's reference behind a dot: "Q56.K7QM-3XRD".
func GroupPlace(text string) (string, error) {
	text = strings.TrimSpace(text)
	if place, scene, ok := strings.Cut(text, "."); ok && caseForm.MatchString(strings.ToUpper(scene)) {
		place, err := GroupPlace(place)
		if err != nil {
			return "", err
		}
		return workflows.PlaceIn(place, strings.ToUpper(scene)), nil
	}
	if text == "" {
		return "", errors.New("which group? Name it by its area or region, such as Q56, or set " +
			"HTR_GROUP; 'group list' shows the groups")
	}
	k, err := known()
	if err != nil {
		return "", err
	}
	code := strings.TrimPrefix(strings.ToUpper(text), "GROUP-")
	if k.hasPlace(code) {
		return code, nil
	}
	if board, err := boardCode(&regime.Profile{}, code); err == nil {
		return board, nil
	}
	if own, ok := regime.RegionEver(text); ok {
		return own.Code, nil
	}
	if place := k.placeNamed(text); place != "" {
		return place, nil
	}
	return "", fmt.Errorf("%q is no area team or region ('bodies --areas' lists them), nor the code of an "+
		"integrated care board, such as QMM", clip(text))
}

// hasPlace tells of a code that it is an area team's or a region's.
func (k lore) hasPlace(code string) bool {
	_, area := k.ref.AreaTeam(code)
	_, region := k.ref.Region(code)
	later, ok := k.ref.LaterRegion(code)
	return area || region || ok && later.Code == code
}

// placeNamed finds an area team or region by its name; empty if there is none.
func (k lore) placeNamed(name string) string {
	for _, r := range append(k.ref.Regions(), k.ref.LaterRegions()...) {
		if strings.EqualFold(r.Name, name) {
			return r.Code
		}
	}
	p, ok := k.names.Lookup(name)
	if !ok {
		return ""
	}
	return k.ref.PlaceOf(p)
}

// PlaceName is what an area or region is called; of a board's area the data has no name.
func PlaceName(ref *reference.Reference, place string) string {
	place, _, _ = strings.Cut(place, ".")
	if a, ok := ref.AreaTeam(place); ok {
		return a.Name
	}
	if r, ok := ref.Region(place); ok {
		return r.Name
	}
	if r, ok := ref.LaterRegion(place); ok {
		return r.Name
	}
	own, _ := regime.RegionEver(place)
	return own.Name
}
