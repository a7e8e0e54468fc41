package whole

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// longestTurn is how long one waits for the others; each takes milliseconds.
const longestTurn = 30 * time.Second

// InTurn does something while no other process, and no other goroutine, does anything in turn in the
// same folder. The lock is the system's: it goes with the process, however that ends.
func InTurn(dir string, do func() error) error {
	ctx, cancel := context.WithTimeout(context.Background(), longestTurn)
	defer cancel()
	lock := flock.New(dir, flock.SetFlag(os.O_RDONLY))
	if runtime.GOOS == "windows" { // where a folder itself cannot be locked
		lock = flock.New(filepath.Join(dir, ".lock"))
	}
	if _, err := lock.TryLockContext(ctx, 5*time.Millisecond); err != nil {
		return fmt.Errorf("wait for a turn in %s: %w", dir, err)
	}
	return errors.Join(do(), lock.Close())
}
