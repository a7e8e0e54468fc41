//go:build unix

package process

import (
	"os"
	"syscall"
)

// interrupt asks the process to end.
func interrupt(p *os.Process) { _ = p.Signal(syscall.SIGTERM) }
