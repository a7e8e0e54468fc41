//go:build unix && !linux

package process

import (
	"os/exec"
	"syscall"
)

// detach keeps a terminal's Ctrl-C from the process, so that its parent can stop things in order.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
