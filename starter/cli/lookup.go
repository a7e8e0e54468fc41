package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"holdthering/reference"
	"holdthering/regime"
)

// lookup is the register of providers and bodies under the names of the first profile.
type lookup struct {
	ref     *reference.Reference
	names   *reference.Names
	profile *regime.Profile
}

var lookUp = sync.OnceValues(func() (lookup, error) {
	ref, err := reference.Load()
	if err != nil {
		return lookup{}, err
	}
	p := regime.Profiles()[0]
	return lookup{ref, reference.NewNames(ref, p.Bodies), p}, nil
})

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
	if err == nil && p.Body() == regime.NHSCB {
		if team, ok := l.ref.AreaTeam(p.Unit()); ok {
			return team.Code, nil
		}
	}
	return "", fmt.Errorf("--area: %q is no area team; 'bodies --areas' lists them", clipped(text, 40))
}
