package whole

import (
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
)

// WithRoom has every file be written as on a disk with so many bytes left, until undo; for
// tests, one at a time.
func WithRoom(bytes int64) (undo func()) {
	usual := create
	left := &atomic.Int64{}
	left.Store(bytes)
	create = func(dir string) (unfinished, error) {
		f, err := os.CreateTemp(dir, Unfinished)
		if err != nil {
			return nil, err
		}
		return &cramped{f, left}, nil
	}
	return func() { create = usual }
}

// cramped is a file on a full disk. What it wrote counts even when it is removed.
type cramped struct {
	file *os.File
	room *atomic.Int64
}

func (c *cramped) Write(p []byte) (int, error) {
	left := c.room.Add(-int64(len(p))) + int64(len(p))
	if left >= int64(len(p)) {
		return c.file.Write(p)
	}
	n, _ := c.file.Write(p[:max(0, left)])
	return n, &fs.PathError{Op: "write", Path: c.file.Name(), Err: syscall.ENOSPC}
}

func (c *cramped) Close() error              { return c.file.Close() }
func (c *cramped) Name() string              { return c.file.Name() }
func (c *cramped) Chmod(m fs.FileMode) error { return c.file.Chmod(m) }
func (c *cramped) Sync() error               { return c.file.Sync() }
