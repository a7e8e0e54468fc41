package process

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// stopWait is how long Stop waits for a program to end by itself.
const stopWait = 30 * time.Second

// tailLines is how much of a log Tail gives.
const tailLines = 15

// Spec says what to run.
type Spec struct {
	Path string
	Args []string
	// Env is the whole environment; nil means this program's own.
	Env []string
	// LogFile takes what the program prints, after what is there already.
	LogFile string
}

// Process is a program that was started.
type Process struct {
	cmd     *exec.Cmd
	logFile string
	logFrom int64
	ended   chan struct{}
}

// Start runs the program. It does not outlive the caller where the system can see to that (Linux).
func Start(spec Spec) (*Process, error) {
	if err := os.MkdirAll(filepath.Dir(spec.LogFile), 0o700); err != nil {
		return nil, err
	}
	log, err := os.OpenFile(spec.LogFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close() // the program has its own handle
	from, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(spec.Path, spec.Args...)
	cmd.Env = spec.Env
	cmd.Stdout, cmd.Stderr = log, log
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", spec.Path, err)
	}
	p := &Process{cmd: cmd, logFile: spec.LogFile, logFrom: from, ended: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // Exit tells how it ended
		close(p.ended)
	}()
	return p, nil
}

// Ended is closed when the program has ended, by whatever cause.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// ID is the system's number of the program.
func (p *Process) ID() int { return p.cmd.Process.Pid }

// Exit says how the program ended, such as "exit status 1"; only after Ended.
func (p *Process) Exit() string { return p.cmd.ProcessState.String() }

// Stop asks the program to end, and ends it when it does not.
func (p *Process) Stop() {
	interrupt(p.cmd.Process)
	select {
	case <-p.ended:
	case <-time.After(stopWait):
		p.Kill()
	}
}

// Kill ends the program at once, as a crash would.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // fails only when it has ended already
	<-p.ended
}

// Printed is what the program has printed.
func (p *Process) Printed() string {
	content, err := os.ReadFile(p.logFile)
	if err != nil || int64(len(content)) < p.logFrom {
		return ""
	}
	return string(content[p.logFrom:])
}

// Tail is the end of what the program has printed.
func (p *Process) Tail() string {
	lines := strings.Split(strings.TrimSpace(p.Printed()), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}
