package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/screen"
	"holdthering/verbs"
)

// lookup is the register of providers, and the bodies of every profile: what a look without a
// case is asked about may belong to any.
type lookup struct {
	ref   *reference.Reference
	names *reference.Names
}

var lookUp = sync.OnceValues(func() (lookup, error) {
	ref, err := reference.Load()
	if err != nil {
		return lookup{}, err
	}
	return lookup{ref, reference.NewNames(ref, verbs.AllBodies())}, nil
})

// partyName is what a party is called; one whose unit the data does not know, by its body's
// name and its code.
func (l lookup) partyName(p regime.Party) string {
	name := l.names.PartyName(p)
	if name == string(p) && p.Unit() != "" {
		name = l.names.PartyName(regime.Party(p.Body())) + " (" + p.Unit() + ")"
	}
	return name
}

// stageWords are those of the case's profile, which its area tells: a board's is of a profile
// without area teams.
func (l lookup) stageWords(r cases.Row) string {
	for _, p := range regime.Profiles() {
		if reference.HasAreaTeams(p) != reference.IsBoard(r.Area) {
			return p.Labels.Stage(r.Stage)
		}
	}
	return r.Stage.Words()
}

// providerCode is a code given by hand, or that of the provider of the register that is
// meant; a word of a name is in no form of a code.
func (l lookup) providerCode(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	p, err := l.ref.Provider(text)
	var unclear *reference.Unclear
	if errors.As(err, &unclear) && !unclear.Ambiguous && len(strings.Fields(text)) == 1 {
		return strings.ToUpper(strings.TrimSpace(text)), nil
	}
	return p.Code, err
}

// caseArea is the area of a case: a board's by its code alone, else an area team's.
func (l lookup) caseArea(text string) (string, error) {
	board := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "ICB/")
	if reference.IsBoard(board) {
		return board, nil
	}
	return l.areaCode(text)
}

func (l lookup) areaCode(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	p, err := l.names.ParseParty(text)
	if team, ok := l.ref.AreaTeam(l.ref.PlaceOf(p)); err == nil && ok {
		return team.Code, nil
	}
	return "", fmt.Errorf("--area: %q is no area team; 'bodies --areas' lists them", screen.Clipped(text, 40))
}
