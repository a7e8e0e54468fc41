// Package moment has a program that runs for a moment collect less garbage: most of what a command allocates lives as
// long as it does. It does so before other packages begin, and where GOGC or GOMEMLIMIT is set it leaves that to whoever
// set it. One that runs on, as the desk does, collects as usual once it has taken much.
package moment

import (
	"os"
	"runtime/debug"
)

const (
	percent = 800
	most    = 192 << 20 // bytes, from which on it collects as often as it takes
)

func init() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(most)
	}
}
