package sendgrid

import (
	"context"
	"errors"
	"testing"
)

// The goroutine that a request was handed to may write it after its caller gave up; that
// cannot be brought about at will, so the judgement is tested by itself.
func TestARequestGivenUpOnAnOpenConnectionMayHaveBeenSeen(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, row := range []struct {
		connected, wroteHeaders bool
		err                     error
		want                    bool
	}{
		{false, false, context.Canceled, false},
		{false, false, context.DeadlineExceeded, false},
		{true, false, broken, false},
		{true, false, context.Canceled, true},
		{true, false, context.DeadlineExceeded, true},
		{true, true, broken, true},
	} {
		w := new(requestTrace)
		w.connected.Store(row.connected)
		w.wroteHeaders.Store(row.wroteHeaders)
		if got := w.begun(row.err); got != row.want {
			t.Errorf("%+v: %v", row, got)
		}
	}
}
