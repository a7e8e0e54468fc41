package seal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/seal"
)

func TestTheLengthOfWhatIsSealedDoesNotTellOneWordInIt(t *testing.T) {
	c := seal.NewConverter(newKeys(t), nil)
	length := func(text string) int {
		p, err := c.ToPayload(secret{text})
		require.NoError(t, err)
		var got secret
		require.NoError(t, c.FromPayload(p, &got))
		require.Equal(t, text, got.Name)
		return len(p.Data)
	}
	require.Equal(t, length("CQC"), length("LA_SAFEGUARDING/Q56 as somebody with a long name"))
	lengths := map[int]bool{}
	for n := range 4000 {
		lengths[length(strings.Repeat("x", n))] = true
	}
	require.Less(t, len(lengths), 8)
	for _, n := range []int{20_000, 300_000, 1_900_000} {
		require.Less(t, length(strings.Repeat("x", n)), n+n/15+1100, n)
	}
}
