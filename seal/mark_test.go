package seal_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/seal"
)

func TestAMarkIsKnownAgainAndGuessedByNobodyWithoutTheKey(t *testing.T) {
	keys, others := newKeys(t), newKeys(t)
	mark := keys.Mark("k1", "LETB")
	require.Equal(t, mark, keys.Mark("k1", "LETB"))
	sum := sha256.Sum256([]byte("k1LETB"))
	for _, other := range []string{others.Mark("k1", "LETB"), keys.Mark("k1L", "ETB"), keys.Mark("k1", "CQC"),
		seal.Keys{}.Mark("k1", "LETB"), hex.EncodeToString(sum[:16])} {
		require.NotEqual(t, mark, other)
	}
}
