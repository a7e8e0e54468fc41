package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux counts a process's time.
const tick = 10 * time.Millisecond

// used is the CPU time that a process has taken, as Linux counts it.
func used(pid int) (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc says nothing of a process's time")
	}
	user, err := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, errors.Join(err, err2)
}

// resident is the memory of a process, in bytes.
func resident(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0, errors.New("/proc says nothing of a process's memory")
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// spent is what some work has cost the server and the worker.
type spent struct {
	server, worker, took time.Duration
}

func (s spent) both() time.Duration { return s.server + s.worker }

func (s *spent) add(o spent) {
	s.server += o.server
	s.worker += o.worker
	s.took += o.took
}

// longestCalming is how long one waits for a disk to be calm.
const longestCalming = time.Minute

// calm waits until some folders of the site take a new file as cheaply as they can. For a minute after many files were
// deleted, as a build does, ext4 looks for a place past all of those, and for six where that is not on the disk yet:
// the files of whoever comes first would cost many times what they do.
func (s *site) calm(ctx context.Context, folders ...string) error {
	_ = exec.CommandContext(ctx, "sync").Run() // where there is none, the wait is longer
	for began := time.Now(); time.Since(began) < longestCalming; {
		slow := false
		for _, folder := range folders {
			took, err := s.beginning(folder)
			if err != nil {
				return err
			}
			slow = slow || took > 50*time.Microsecond
		}
		if !slow {
			return nil
		}
		if err := sleep(ctx, 5*time.Second); err != nil {
			return err
		}
	}
	return nil // a disk that is always so
}

// beginning is how long it takes to begin a file in a folder of the site.
func (s *site) beginning(folder string) (time.Duration, error) {
	if err := os.MkdirAll(s.path(folder), 0o700); err != nil {
		return 0, err
	}
	const some = 50
	began := time.Now()
	for range some {
		file, err := os.CreateTemp(s.path(folder), "calm-")
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			return 0, err
		}
	}
	return time.Since(began) / some, nil
}

// idling is for how long both are watched before the work, to know what they take while nothing is done.
const idling = 3 * time.Second

// cost measures some work, and takes off what the processes would have taken without it.
func (s *site) cost(ctx context.Context, worker int, work func(context.Context) error) (spent, error) {
	idle, err := s.during(worker, func() error {
		time.Sleep(idling)
		return nil
	})
	if err != nil {
		return spent{}, err
	}
	out, err := s.during(worker, func() error { return work(ctx) })
	share := float64(out.took) / float64(idle.took)
	out.server -= time.Duration(float64(idle.server) * share)
	out.worker -= time.Duration(float64(idle.worker) * share)
	return out, err
}

func (s *site) during(worker int, work func() error) (out spent, err error) {
	var before, after [2]time.Duration
	processes := []int{s.server.ProcessID(), worker}
	for i, pid := range processes {
		if before[i], err = used(pid); err != nil {
			return out, err
		}
	}
	began := time.Now()
	if err = work(); err != nil {
		return out, err
	}
	out.took = time.Since(began)
	for i, pid := range processes {
		if after[i], err = used(pid); err != nil {
			return out, err
		}
	}
	out.server, out.worker = after[0]-before[0], after[1]-before[1]
	return out, nil
}

// settled waits until a count has stood still for a while, and gives it.
func settled(ctx context.Context, count func() int) (int, error) {
	const still = 1500 * time.Millisecond
	last, since := count(), time.Now()
	for time.Since(since) < still {
		select {
		case <-ctx.Done():
			return last, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
		if n := count(); n != last {
			last, since = n, time.Now()
		}
	}
	return last, nil
}

// mailed counts the mails that the outbox has.
func (s *site) mailed() int {
	files, _ := os.ReadDir(s.path("outbox")) // none before the first mail
	n := 0
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".eml") {
			n++
		}
	}
	return n
}
