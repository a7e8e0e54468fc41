package main

import "syscall"

// mount makes a disk of its own at dir; only root may.
func mount(dir, size string) (release func(), err error) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		return nil, errNoDisk
	}
	return func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }, nil
}
