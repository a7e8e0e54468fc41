package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"holdthering/launch/process"
	"holdthering/launch/server"
)

// deployment is the name under which the programs that carry on real cases follow one another.
const deployment = "holdthering"

// hand is a worker that is kept running.
type hand struct {
	name string // for messages
	spec process.Spec
}

// versions are the workers of the real cases: that of this program, to which new cases and new
// chapters go, and those of the older programs that cases are still in the middle of a chapter
// with. Every program that runs is kept in the data's folder until no case needs it.
func (s site) versions(ctx context.Context, at target) ([]hand, error) {
	spec, err := s.worker(at, cases)
	if err != nil {
		return nil, err
	}
	current, err := s.keep(spec.Path)
	if err != nil {
		return nil, err
	}
	hands := []hand{s.version(spec, current, true)}
	kept, err := os.ReadDir(s.data("programs"))
	if err != nil {
		return nil, err
	}
	for _, older := range kept {
		if older.Name() == current {
			continue
		}
		open, err := server.OpenWith(ctx, at.address, cases, deployment+":"+older.Name())
		if err != nil {
			return nil, err
		}
		if open == 0 {
			if err := os.RemoveAll(s.data("programs", older.Name())); err != nil {
				return nil, err
			}
			continue
		}
		say("Version %s of the program runs as well: %s still with it, each until its next act.",
			older.Name(), casesAndGroups(open))
		hands = append(hands, s.version(spec, older.Name(), false))
	}
	return hands, nil
}

// version is the kept program at work under its number. The settings go by the environment,
// where an older program passes over what it does not know.
func (s site) version(spec process.Spec, id string, current bool) hand {
	h := hand{name: cases, spec: spec}
	h.spec.Path = s.data("programs", id, filepath.Base(spec.Path))
	h.spec.Env = append(spec.Env[:len(spec.Env):len(spec.Env)], "HTR_DEPLOYMENT="+deployment, "HTR_BUILD_ID="+id)
	if current {
		h.spec.Env = append(h.spec.Env, "HTR_MAKE_CURRENT=yes")
		return h
	}
	h.name += ", version " + id
	h.spec.Env = append(append(h.spec.Env, "HTR_MAKE_CURRENT=no"), deaf...)
	h.spec.LogFile = s.data("log", "worker-"+cases+"-"+id+".log")
	return h
}

// keep copies the program to where the next one does not overwrite it. Its number follows from
// its content, so that the same program is the same version.
func (s site) keep(program string) (id string, err error) {
	file, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	id = hex.EncodeToString(sum.Sum(nil))[:12]
	path := s.data("programs", id, filepath.Base(program))
	if _, err := os.Stat(path); err == nil {
		return id, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	return id, copied(file, path)
}

// copied writes the program whole or not at all.
func copied(from io.ReadSeeker, path string) error {
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	to, err := os.OpenFile(path+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o700)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func casesAndGroups(n int) string {
	if n == 1 {
		return "1 case or group is"
	}
	return fmt.Sprintf("%d cases and groups are", n)
}
