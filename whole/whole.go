package whole

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Unfinished begins the name of a file that is still being written.
const Unfinished = ".new-"

// Abandoned is the age past which an unfinished file is of a program that was killed.
const Abandoned = time.Hour

// Replace writes the content to the path, in place of what may be there.
func Replace(path string, content []byte, mode fs.FileMode) error {
	return settled(path, bytes.NewReader(content), mode, os.Rename)
}

// ReplaceFrom is Replace with what the reader gives.
func ReplaceFrom(path string, from io.Reader, mode fs.FileMode) error {
	return settled(path, from, mode, os.Rename)
}

// Add writes the content to a path where nothing is yet; the error is fs.ErrExist where
// something is, and that is left as it was. Of two programs that add at once one succeeds.
func Add(path string, content []byte, mode fs.FileMode) error {
	return settled(path, bytes.NewReader(content), mode, nameAnew)
}

// Lay is Add for one file of many: what is in it is durable, its name not until Sync of its folder has returned.
func Lay(path string, content []byte, mode fs.FileMode) error {
	return placed(path, bytes.NewReader(content), mode, nameAnew)
}

// AddFrom is Add with what write writes.
func AddFrom(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist} // said before the work, not after
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(write(w)) }()
	err := settled(path, r, 0o600, nameAnew)
	_ = r.Close() // lets the writer go where the disk was full
	return err
}

// Move gives a finished file its name: a program that another one has written, say.
func Move(from, to string) error {
	file, err := os.OpenFile(from, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return Sync(filepath.Dir(to))
}

// unfinished is a file that is being written.
type unfinished interface {
	io.WriteCloser
	Name() string
	Chmod(fs.FileMode) error
	Sync() error
}

// create begins a file beside its place; a test puts in one whose disk is full.
var create = func(dir string) (unfinished, error) { return os.CreateTemp(dir, Unfinished) }

// settled writes a file and makes it and its name durable.
func settled(path string, from io.Reader, mode fs.FileMode, name func(from, to string) error) error {
	if err := placed(path, from, mode, name); err != nil {
		return err
	}
	return Sync(filepath.Dir(path))
}

// placed writes a file, makes it durable and names it.
func placed(path string, from io.Reader, mode fs.FileMode, name func(from, to string) error) (err error) {
	temp, err := create(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // what stays is swept
		}
	}()
	_, err = io.Copy(temp, from)
	if err == nil {
		err = temp.Chmod(mode)
	}
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return name(temp.Name(), path)
}

// linked names a file anew where the system cannot rename without replacing.
func linked(from, to string) error {
	if err := os.Link(from, to); err != nil {
		return err
	}
	_ = os.Remove(from) // what stays is swept
	return nil
}

// Sync makes a folder's names durable. Windows has no such call, and keeps them in its journal.
func Sync(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// broken is what is put behind the name of a file that is set aside, before the time.
const broken = ".broken-"

// SetAside renames a broken file to NAME.broken-TIME, beside it, and says to what.
func SetAside(path string, now time.Time) (string, error) {
	base := path + broken + now.UTC().Format("20060102T150405Z")
	aside := base
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s-%d", base, n)
	}
	if err := os.Rename(path, aside); err != nil {
		return "", err
	}
	return aside, Sync(filepath.Dir(path))
}

// SetAsides lists what was set aside in a folder, for a person to look at.
func SetAsides(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // no folder, nothing in it
	}
	var out []string
	for _, e := range entries {
		if strings.Contains(e.Name(), broken) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// Sweep removes what killed programs have left unfinished in a folder. What cannot be removed
// stays for the next time.
func Sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !strings.HasPrefix(e.Name(), Unfinished) || e.IsDir() {
			continue
		}
		if time.Since(info.ModTime()) > Abandoned {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}
