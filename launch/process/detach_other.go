//go:build !unix

package process

import (
	"os"
	"os/exec"
)

// detach does nothing here.
func detach(*exec.Cmd) {}

// interrupt ends the process; there is no asking it here.
func interrupt(p *os.Process) { _ = p.Kill() }
