package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"holdthering/launch/process"
	"holdthering/launch/server"
)

const namespace = "campaign"

// crew is the server and the workers of a run, and what kills them.
type crew struct {
	opts    server.Options
	specs   []process.Spec
	server  *server.Server
	workers []*process.Process

	mu                    sync.Mutex
	killed, serversKilled int
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

// launch starts the server with two workers; env is added to the workers' own.
func launch(ctx context.Context, p plan, dir string, env func(i int, address string) []string) (*crew, error) {
	c := &crew{opts: server.Options{DBFile: filepath.Join(dir, "temporal.db"), Namespaces: []string{namespace},
		LogFile: filepath.Join(dir, "server.log")}}
	for _, port := range []*int{&c.opts.Port, &c.opts.UIPort} {
		address, err := freeAddress()
		if err != nil {
			return nil, err
		}
		*port = address.Port // the same after each kill
	}
	var err error
	if c.server, err = server.Start(ctx, c.opts); err != nil {
		return nil, err
	}
	for i := range workers {
		spec := process.Spec{Path: p.Worker, LogFile: filepath.Join(dir, fmt.Sprintf("worker-%d.log", i)),
			Args: []string{"--records", filepath.Join(dir, "records")},
			Env:  append(os.Environ(), env(i, c.server.Address())...)}
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

// havoc kills a worker every few seconds and the server twice, until ctx ends.
func (c *crew) havoc(ctx context.Context, seed uint64) error {
	chance := rand.New(rand.NewPCG(seed, 3))
	for n := 1; ; n++ {
		if !pause(ctx, 3*time.Second+time.Duration(chance.IntN(4000))*time.Millisecond) {
			return nil
		}
		i := chance.IntN(workers)
		c.workers[i].Kill()
		if n == 4 || n == 9 {
			if err := c.killServer(ctx); err != nil {
				return err
			}
		}
		pause(ctx, 500*time.Millisecond)
		w, err := process.Start(c.specs[i])
		if err != nil {
			return err
		}
		c.workers[i] = w
		c.mu.Lock()
		c.killed++
		c.mu.Unlock()
	}
}

func (c *crew) killServer(ctx context.Context) error {
	c.server.Kill()
	s, err := server.Start(context.WithoutCancel(ctx), c.opts)
	if err != nil {
		return fmt.Errorf("start the server again: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.server = s
	c.serversKilled++
	return nil
}

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
