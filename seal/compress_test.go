package seal_test

import (
	"fmt"
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
