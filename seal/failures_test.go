package seal_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"holdthering/seal"
)

func TestWhatAnErrorSaysIsSealedAndItsRuleIsNot(t *testing.T) {
	f := seal.Failures(seal.NewConverter(newKeys(t), nil))
	said := temporal.NewNonRetryableApplicationError("QZXMARK is not a member", "R15", errors.New("QZXMARK"))
	sent := f.ErrorToFailure(said)
	raw, err := proto.Marshal(sent)
	require.NoError(t, err)
	require.Equal(t, "R15", sent.GetApplicationFailureInfo().GetType())
	require.NotContains(t, string(raw), "QZXMARK")
	var got *temporal.ApplicationError
	require.ErrorAs(t, f.FailureToError(sent), &got)
	require.Equal(t, "QZXMARK is not a member", got.Message())
}

func TestWithoutAKeyAnErrorIsSentAsItIs(t *testing.T) {
	sent := seal.Failures(converter.GetDefaultDataConverter()).ErrorToFailure(errors.New("in words"))
	require.Equal(t, "in words", sent.GetMessage())
}
