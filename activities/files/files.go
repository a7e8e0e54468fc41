// Package files writes what several workers may write at once, or the power may be cut under: each
// file is replaced whole or not at all, and one at a time does what takes more than that.
package files

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

// Replace puts a whole file where perhaps another one was, also if the power is cut. Its owner alone
// can read it.
func Replace(path, content string) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // gone already where all went well
	_, err = temp.WriteString(content)
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	return err
}

// syncDir makes the names in a directory durable.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

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

// SetAside is a file that could not be read: it was put aside under another name, and a new one is
// begun in its place.
type SetAside struct {
	File, As string
	Why      error
}

func (s *SetAside) Error() string {
	return fmt.Sprintf("%s could not be read (%v); it was put aside as %s, and a new one is begun", s.File, s.Why, s.As)
}

func (s *SetAside) Unwrap() error { return s.Why }

// Aside puts a file aside under a name that no other has.
func Aside(path string, now time.Time, why error) error {
	as := path + ".broken-" + now.UTC().Format("20060102T150405.000000000")
	if err := os.Rename(path, as); err != nil {
		return errors.Join(why, err)
	}
	return &SetAside{File: path, As: as, Why: why}
}
