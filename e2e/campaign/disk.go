package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// disk is a small one that fills from time to time, for what the workers write. Where none can be
// made, it is a folder that never does.
type disk struct {
	dir    string
	small  bool
	filled atomic.Int32
}

var errNoDisk = errors.New("no disk can be made here")

// megabytes is the size of the disk: room for the records of so many cases, and their mails.
func megabytes(cases int) int { return 24 + cases }

func newDisk(dir string, cases int) (*disk, func(), error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	release, err := mount(dir, fmt.Sprintf("%dm", megabytes(cases)))
	if errors.Is(err, errNoDisk) {
		return &disk{dir: dir}, func() {}, nil
	}
	return &disk{dir: dir, small: err == nil}, release, err
}

// keep fills the disk for some seconds at a time, until ctx ends.
func (d *disk) keep(ctx context.Context, seed uint64) error {
	chance := rand.New(rand.NewPCG(seed, 5))
	ballast := filepath.Join(d.dir, "ballast")
	for d.small && pause(ctx, 8*time.Second+time.Duration(chance.IntN(8000))*time.Millisecond) {
		f, err := os.Create(ballast)
		if err != nil {
			return err
		}
		for err == nil {
			_, err = f.Write(make([]byte, 4096))
		}
		_ = f.Close() // it is full, as was meant
		d.filled.Add(1)
		pause(ctx, 3*time.Second+time.Duration(chance.IntN(4000))*time.Millisecond)
		if err := os.Remove(ballast); err != nil {
			return err
		}
	}
	return nil
}
