package server

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/gofrs/flock"
)

// lock takes the lock at path, and waits until it is free. It is the system's, so a holder that was
// killed holds it no longer.
func lock(ctx context.Context, path string, out io.Writer) (unlock func(), err error) {
	file := flock.New(path)
	taken, err := file.TryLock()
	if err == nil && !taken {
		fmt.Fprintln(out, "Another process is building a server; waiting for it.")
		_, err = file.TryLockContext(ctx, time.Second)
	}
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { _ = file.Close() }, nil
}
