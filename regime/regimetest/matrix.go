package regimetest

import (
	"strings"

	"holdthering/regime"
)

// PartyWords lists parties, parted by blanks.
func PartyWords(ps []regime.Party) string {
	var out []string
	for _, p := range ps {
		out = append(out, string(p))
	}
	return strings.Join(out, " ")
}
