package whole

import "golang.org/x/sys/windows"

// Free is how many bytes a disk has left for this user, by a folder on it.
func Free(dir string) (uint64, error) {
	at, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	return free, windows.GetDiskFreeSpaceEx(at, &free, nil, nil)
}
