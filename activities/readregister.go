package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/temporal"

	"holdthering/message"
	"holdthering/register"
)

// mostRead is about how much of a register is handed on at one time, in bytes: the server takes two MiB.
const mostRead = 1 << 20

// ReadRegister hands on the parts of a register after the first so many, sealed as they are, as many as go at one
// time.
func (a *Activities) ReadRegister(ctx context.Context, r message.Reading) (message.Read, error) {
	if !fileName.MatchString(r.Ref) {
		return message.Read{}, temporal.NewNonRetryableApplicationError("no register has that name", "NO_FILE_NAME", nil)
	}
	parts, err := a.book(r.Ref).Parts(ctx, r.Head)
	if errors.Is(err, register.ErrBehind) {
		return message.Read{}, temporal.NewNonRetryableApplicationError(err.Error(), message.ErrorTypeBehind, nil)
	}
	if err != nil {
		return message.Read{}, temporal.NewNonRetryableApplicationError(err.Error(), message.ErrorTypeBroken, nil)
	}
	out := message.Read{All: len(parts)}
	size := 0
	for i := r.After; i < len(parts); i++ {
		if size += len(parts[i].Sealed) * 4 / 3; size > mostRead && len(out.Parts) > 0 {
			break
		}
		out.Parts = append(out.Parts, parts[i].Sealed)
	}
	return out, nil
}
