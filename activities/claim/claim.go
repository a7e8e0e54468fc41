// Package claim has one sender alone give a mail to a service, of all that share a folder, and keeps what became of it.
// A file stands for each mail: whoever makes it has the mail, and it is durable before the mail goes. So a mail without
// one has not begun, whatever became of whoever was to send it, and one whose file says so was taken.
package claim

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"holdthering/whole"
)

// State is how far a mail has come.
type State int

// The states. Mine is an answer of Take alone.
const (
	Free  State = iota // nobody has begun with it
	Mine               // whoever asked may send it, and nobody else
	Begun              // another has: it may have gone
	Gone               // the service has taken it
)

const (
	gone     = ".gone" // ends the name of a file whose mail was taken
	nameFile = "name"
	// kept is how long a claim stays: an attempt that comes later than this after its predecessor finds nothing.
	kept = 30 * 24 * time.Hour
	// sweepEvery is also how long a program is up before it sweeps for the first time: by then, who was waiting for it
	// has asked.
	sweepEvery = time.Hour
)

// Folder keeps claims. Any number of goroutines, and of programs, may use one.
type Folder struct {
	dir, name string

	mu    sync.Mutex
	swept time.Time
}

// Open opens a folder, and makes it if need be.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, nameFile)
	if err := whole.Add(path, []byte(uuid.NewString()), 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	name, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := uuid.Validate(string(name)); err != nil {
		return nil, errors.New(path + " does not hold the name of this folder")
	}
	return &Folder{dir: dir, name: string(name), swept: time.Now()}, nil
}

// Name tells a folder from every other, also where another has the same path on another machine.
func (f *Folder) Name() string { return f.name }

// Take claims a mail: Mine, or how far another has come with it. A key has the letters of a file's name.
func (f *Folder) Take(key string) (State, error) {
	f.sweep()
	path := filepath.Join(f.dir, key)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return f.of(key, Begun)
	case err != nil:
		return Free, err
	}
	if err := file.Close(); err != nil {
		return Free, errors.Join(err, os.Remove(path))
	}
	if state, err := f.of(key, Mine); state == Gone || err != nil {
		return state, errors.Join(err, os.Remove(path))
	}
	if err := whole.Sync(f.dir); err != nil {
		return Free, errors.Join(err, os.Remove(path))
	}
	return Mine, nil
}

// of is Gone where the mail was taken, and otherwise as said.
func (f *Folder) of(key string, otherwise State) (State, error) {
	_, err := os.Lstat(filepath.Join(f.dir, key+gone))
	switch {
	case err == nil:
		return Gone, nil
	case errors.Is(err, fs.ErrNotExist):
		return otherwise, nil
	}
	return otherwise, err
}

// Look says how far a mail has come, and claims nothing.
func (f *Folder) Look(key string) (State, error) {
	_, err := os.Lstat(filepath.Join(f.dir, key))
	switch {
	case err == nil:
		return f.of(key, Begun)
	case errors.Is(err, fs.ErrNotExist):
		return f.of(key, Free)
	}
	return Begun, err
}

// Went keeps that the service has taken a mail that was claimed. It lasts with the next claim: until then a power cut
// leaves it as one that may have gone.
func (f *Folder) Went(key string) error {
	path := filepath.Join(f.dir, key)
	return os.Rename(path, path+gone)
}

// Release lets go of a mail that was claimed and not taken.
func (f *Folder) Release(key string) error { return os.Remove(filepath.Join(f.dir, key)) }

// sweep removes, now and then, what nobody asks for any more. What cannot be removed stays for the next time.
func (f *Folder) sweep() {
	f.mu.Lock()
	due := time.Since(f.swept) >= sweepEvery
	if due {
		f.swept = time.Now()
	}
	f.mu.Unlock()
	if !due {
		return
	}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && e.Name() != nameFile && !strings.HasPrefix(e.Name(), whole.Unfinished) &&
			time.Since(info.ModTime()) > kept {
			_ = os.Remove(filepath.Join(f.dir, e.Name()))
		}
	}
}
