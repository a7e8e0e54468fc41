package whole

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// nameAnew gives a file its name where nothing has it, in one step where the file system knows that.
func nameAnew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EEXIST):
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return linked(from, to) // such as a network's, which does not
}
