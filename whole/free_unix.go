//go:build unix

package whole

import "golang.org/x/sys/unix"

// Free is how many bytes a disk has left for this user, by a folder on it.
func Free(dir string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil
}
