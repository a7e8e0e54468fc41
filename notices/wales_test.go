package notices

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/regime"
)

var english = regexp.MustCompile(`\bCQC\b|Care Quality|\bMonitor\b|\bTDA\b|\bNHS England\b|NHSCB|\bCCGs?\b|linical commissioning|Healthwatch|` +
	`ntegrated care|Recovery Support|Improvement Programme|\bLETB\b|Secretary of State|rea team|oundation trust|Safeguarding Adults Board|` +
	`Safeguarding Children|Safeguarding Partners|isk summit|urveillance [Gg]roup|Quality Group`)

// Every kind, as each way of answering has it.
func TestNoKindOfNoticeUnderWALESNamesAnEnglishBody(t *testing.T) {
	p, ok := regime.ProfileNamed("WALES")
	require.True(t, ok)
	seen := 0
	for _, k := range Kinds() {
		if _, has := p.Notice(k); !has {
			continue
		}
		for _, as := range []Way{OnPage, ByProgram, Secretarial} {
			m, err := Shipped().PreviewUnder(p, k, as)
			require.NoError(t, err, k)
			for _, text := range []string{m.Subject, m.Text, m.HTML} {
				if at := english.FindStringIndex(text); at != nil {
					t.Errorf("%s, by %s: ...%s...", k, as, text[max(0, at[0]-60):min(len(text), at[1]+60)])
				}
			}
			seen++
		}
	}
	require.Greater(t, seen, 200)
}
