package seal_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"holdthering/seal"
)

func TestWhatIsLongIsMadeSmallerBeforeItIsSealed(t *testing.T) {
	var mails strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&mails, `{"party":"CCG/07J","level":"duty","state":"accepted","tries":%d}`, i%7)
	}
	c := seal.NewConverter(newKeys(t), nil)
	p, err := c.ToPayload(secret{mails.String()})
	require.NoError(t, err)
	require.Less(t, len(p.Data), mails.Len()/10)
	var got secret
	require.NoError(t, c.FromPayload(p, &got))
	require.Equal(t, mails.String(), got.Name)
}

// What is typed is never compressed: its length would tell what is in it, and not only how much.
func TestTheLengthOfAnActDependsOnHowMuchIsInItAndNotOnWhat(t *testing.T) {
	c := seal.NewConverter(newKeys(t), nil)
	length := func(text string) int {
		p, err := c.ToPayload(secret{text})
		require.NoError(t, err)
		return len(p.Data)
	}
	var varied strings.Builder
	for i := range 4000 {
		varied.WriteByte(byte('a' + i*i%23))
	}
	require.Equal(t, length(varied.String()), length(strings.Repeat("x", 4000)))
}

func TestWhatUnfoldsToMoreThanWasEverSealedIsNotRead(t *testing.T) {
	c := seal.NewConverter(newKeys(t), nil)
	p, err := c.ToPayload(secret{strings.Repeat("x", 80<<20)})
	require.NoError(t, err)
	require.Less(t, len(p.Data), 100<<10)
	var got secret
	require.Error(t, c.FromPayload(p, &got))
}

func TestRequestsAreNotCompressedTwice(t *testing.T) {
	var sealed, open client.Options
	seal.Uncompressed(&sealed, newKeys(t))
	seal.Uncompressed(&open, nil)
	require.Equal(t, &client.GrpcCompressionNone{}, sealed.ConnectionOptions.GrpcCompression)
	require.Nil(t, open.ConnectionOptions.GrpcCompression)
}

// own is something that the program writes again and again.
type own struct{ Text string }

func (own) Own() int { return seal.Fine }

func TestWhatTheProgramWritesAgainAndAgainIsMadeSmallerHoweverShortItIs(t *testing.T) {
	c := seal.NewConverter(newKeys(t), nil)
	const text = `{"notices":[{"kind":"N28","to":[{"party":"PROVIDER/RCX","level":"duty","as":"owner"},` +
		`{"party":"MONITOR","level":"duty","as":"relevant"}],"text":"the provider is to publish its progress for month 4"}]}` +
		`{"results":[{"notice":"n290","party":"PROVIDER/RCX","level":"duty","state":"accepted"}]}`
	p, err := c.ToPayload(own{text})
	require.NoError(t, err)
	typed, err := c.ToPayload(secret{text})
	require.NoError(t, err)
	require.Less(t, len(p.Data), len(typed.Data))
	var got own
	require.NoError(t, c.FromPayload(p, &got))
	require.Equal(t, text, got.Text)
}

// What was sealed is read for years, with the words that it was made smaller with.
func TestTheWordsNeverChange(t *testing.T) {
	raw, err := os.ReadFile("words.bin")
	require.NoError(t, err)
	require.Equal(t, "3cf7f1849b6353343e757f877e58ca42bd094909cc8ccce83b4caec0dcb72950", fmt.Sprintf("%x", sha256.Sum256(raw)))
}
