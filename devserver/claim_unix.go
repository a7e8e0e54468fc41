//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// claim keeps a second server off a database file until this process ends: SQLite would let both
// write, each with its own idea of which tasks are done.
func claim(path string) error {
	file, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	held = file
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("another server is using %s", path)
	}
	return err
}

// held stays open, and with it the lock, for as long as the process lives.
var held *os.File
