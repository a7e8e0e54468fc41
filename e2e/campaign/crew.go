package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"holdthering/launch/process"
	"holdthering/seal"
)

// crew is the server and the workers of a run, and what kills them.
type crew struct {
	specs   []process.Spec
	server  host
	out     io.Writer
	workers []*process.Process
	keyFile string

	mu            sync.Mutex
	deaths        []death
	serverDeaths  []absence
	keysLost      int
	keysUnnoticed int // workers that ran on without their key
	terminated    int // cases and groups
	groupsEnded   int // of them groups
	ends          map[subject][]time.Time
}

// death is when a worker was killed.
type death struct {
	worker int
	at     time.Time
	busy   time.Duration // how long the worker before took to begin its work: the busier the machine, the longer
}

// absence is from when to when the server was away, and what of it had died.
type absence struct {
	from, to time.Time
	what     string
}

func build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "worker")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", path, "holdthering/worker")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("build the worker: %w", err)
	}
	return path, nil
}

// launch starts two workers at a server; env is added to their own.
func launch(at host, p plan, dir string, args []string, env func(i int) []string) (*crew, error) {
	c := &crew{server: at, out: p.Out}
	for i := range workers {
		spec := process.Spec{Path: p.Worker, LogFile: filepath.Join(dir, fmt.Sprintf("worker-%d.log", i)),
			Args: args, Env: append(os.Environ(), env(i)...)}
		w, err := process.Start(spec)
		if err != nil {
			c.stop()
			return nil, err
		}
		c.specs, c.workers = append(c.specs, spec), append(c.workers, w)
	}
	return c, nil
}

const workers = 2

func freeAddress() (*net.TCPAddr, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr), nil
}

// havoc kills a worker after every few seconds of work and now and then the server, until ctx ends; some of the
// workers find their key gone when they come back, or another in its place, and some seconds later it is
// there. Time begins to count once the worker works, and is longer where it was long in coming up: on a machine
// that is busy they would else be killed as they begin, and do nothing. Once the storm is over, each lives a little
// longer than the one before, so that how fast a machine is does not decide whether all comes to its end.
func (c *crew) havoc(ctx context.Context, p plan) error {
	chance := rand.New(rand.NewPCG(p.Seed, 3))
	began, calmer := time.Now(), 1.0
	var start time.Duration
	for n := 1; ; n++ {
		life := p.Life + time.Duration(chance.IntN(4000))*time.Millisecond
		if time.Since(began) > p.Storm {
			calmer *= 1.1
		}
		if !pause(ctx, time.Duration(calmer*float64(max(life, 3*start)))) {
			return nil
		}
		i := chance.IntN(workers)
		c.kill(i, start)
		if what := c.server.Due(n); what != "" {
			if err := c.killServer(ctx, what); err != nil {
				return err
			}
		}
		pause(ctx, 500*time.Millisecond)
		if n%6 == 5 {
			if err := c.withoutKey(i, n%4 == 1); err != nil {
				return err
			}
		}
		w, err := process.Start(c.specs[i])
		if err != nil {
			return err
		}
		c.workers[i] = w
		start = c.awaitWork(ctx, w)
	}
}

// longestStart is how long a worker may take to begin its work.
const longestStart = time.Minute

// awaitWork returns when the worker works, has ended or takes too long, and says how long that was.
func (c *crew) awaitWork(ctx context.Context, w *process.Process) time.Duration {
	began := time.Now()
	for time.Since(began) < longestStart && !strings.Contains(w.Printed(), "msg=Working") {
		select {
		case <-w.Ended():
			return time.Since(began)
		default:
		}
		if !pause(ctx, 100*time.Millisecond) {
			break
		}
	}
	return time.Since(began)
}

func (c *crew) kill(i int, busy time.Duration) {
	c.mu.Lock()
	c.deaths = append(c.deaths, death{i, time.Now(), busy})
	c.mu.Unlock()
	c.workers[i].Kill()
}

// noticed is how long a worker may take to find out that its key is missing or does not open what is there.
const noticed = 15 * time.Second

// withoutKey starts a worker whose key is gone, or another; it is to end by itself.
func (c *crew) withoutKey(i int, another bool) error {
	away := c.keyFile + ".away"
	if err := os.Rename(c.keyFile, away); err != nil {
		return err
	}
	if another {
		if err := seal.Make(c.keyFile); err != nil {
			return err
		}
	}
	w, err := process.Start(c.specs[i])
	if err != nil {
		return err
	}
	select {
	case <-w.Ended():
	case <-time.After(noticed):
		w.Kill()
		c.mu.Lock()
		c.keysUnnoticed++
		c.mu.Unlock()
		fmt.Fprintf(c.out, "   a worker ran on without its key (another in its place: %v)\n", another)
	}
	c.mu.Lock()
	c.keysLost++
	c.mu.Unlock()
	return os.Rename(away, c.keyFile)
}

// killServer has the server die, or what it stands on, and be served again.
func (c *crew) killServer(ctx context.Context, what string) error {
	from := time.Now()
	if err := c.server.Die(ctx, what); err != nil {
		return err
	}
	c.mu.Lock()
	c.serverDeaths = append(c.serverDeaths, absence{from, time.Now(), what})
	c.mu.Unlock()
	return nil
}

// couldNotNote reports whether a worker died so soon after a mail was taken that it may not have noted
// it: while it was giving it, within some seconds, or before it could, since the server was away; or the case was ended
// as it was being noted, and is brought back without.
func (c *crew) couldNotNote(t taken, of subject) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, at := range c.ends[of] {
		if t.at.After(at.Add(-5*time.Second)) && t.at.Before(at.Add(5*time.Second)) {
			return true
		}
	}
	noted := t.at // by then, but for what it takes to note it
	for _, away := range c.serverDeaths {
		if t.at.After(away.from.Add(-time.Second)) && t.at.Before(away.to) {
			noted = away.to.Add(untilKnown)
		}
	}
	for _, d := range c.deaths {
		if d.worker == t.door && !d.at.Before(t.from) && d.at.Before(noted.Add(min(max(toNote, d.busy), 3*toNote))) {
			return true
		}
	}
	return false
}

// toNote is how long a worker takes at most to note what became of a mail; on a machine so busy that it takes longer to
// begin its work, that long, and three times as long at most.
const toNote = 2 * time.Second

// untilKnown is how long a worker may take to tell what it could not, once the server is back: its client notices
// that, and it tries every second, then more rarely.
const untilKnown = 10 * time.Second

func (c *crew) stop() {
	for _, w := range c.workers {
		w.Kill()
	}
	c.server.Stop()
}

// pause is false when ctx ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
