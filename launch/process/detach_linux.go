package process

import (
	"os/exec"
	"syscall"
)

// detach keeps a terminal's Ctrl-C from the process, so that its parent can stop things in order,
// and ends it when its parent is killed.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
