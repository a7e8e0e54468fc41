package verbs

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"holdthering/reference"
	"holdthering/regime"
)

// lore is what is known of bodies and units.
type lore struct {
	ref   *reference.Reference
	names *reference.Names
}

// known is loaded once: its index of names takes milliseconds to build. A party may be named
// as in any profile, since a command line does not say which profile its case has; the case
// refuses a body that its own does not know.
var known = sync.OnceValues(func() (lore, error) {
	ref, err := reference.Load()
	if err != nil {
		return lore{}, err
	}
	return lore{ref, reference.NewNames(ref, AllBodies())}, nil
})

// AllBodies are the bodies of all profiles, each once, with all its names.
func AllBodies() []regime.BodyRow { return regime.BodiesEver() }

// Party reads a party as --by does.
func Party(text string) (regime.Party, error) { return parseParty(text) }

// parseParty reads a party by code or name. Which unit of a body is meant may be left to the
// case, which knows its own: "CCG", "Healthwatch", "provider".
func parseParty(text string) (regime.Party, error) {
	k, err := known()
	if err != nil {
		return "", err
	}
	if strings.EqualFold(text, "trust") || strings.EqualFold(text, "the trust") {
		return regime.Party(regime.ProviderBody), nil
	}
	p, err := k.names.ParseParty(text)
	var which reference.NeedsUnit
	if errors.As(err, &which) {
		return regime.Party(which.Body), nil
	}
	return p, err
}

// maxJoined is how many pieces between commas one name has at most, as "NHS North, East,
// West Devon".
const maxJoined = 3

// parseParties reads a list with commas between, each party once. A name that has commas of
// its own is understood when it is written in full.
func parseParties(text string) ([]regime.Party, error) {
	pieces := strings.Split(text, ",")
	var out []regime.Party
	for i := 0; i < len(pieces); {
		p, taken, ok := inFull(pieces[i:])
		if !ok {
			var err error
			if p, err = parseParty(pieces[i]); err != nil {
				return nil, err
			}
			taken = 1
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
		i += taken
	}
	return out, nil
}

// inFull finds a name with commas at the beginning of the list.
func inFull(pieces []string) (p regime.Party, taken int, ok bool) {
	k, err := known()
	if err != nil {
		return "", 0, false
	}
	for n := min(maxJoined, len(pieces)); n > 1; n-- {
		name := strings.Join(strings.Fields(strings.Join(pieces[:n], ", ")), " ")
		p, known := k.names.Lookup(name)
		if known && strings.Contains(strings.ToLower(k.names.PartyName(p)), strings.ToLower(name)) {
			return p, n, true
		}
	}
	return "", 0, false
}
