package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdthering/environ"
	"holdthering/launch/process"
	"holdthering/launch/server"
	"holdthering/whole"
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
// with. Every program that runs is kept in the data's folder until no case needs it. All of them write links to the
// pages that the first of them serves.
func (s site) versions(ctx context.Context, at target, pages ...string) ([]hand, error) {
	spec, err := s.worker(at, cases)
	if err != nil {
		return nil, err
	}
	spec.Env = append(spec.Env, pages...)
	current, err := s.keep(spec.Path, environ.Get(environ.HolidaysFile))
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
		if path := s.data("programs", older.Name(), filepath.Base(spec.Path)); numberOf(path) != older.Name() {
			say("%s is not the program that its number says: %s waiting until it is put back.",
				path, casesAndGroups(open))
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
	holidays := holidaysOf(h.spec.Path)
	if _, err := os.Stat(holidays); err != nil {
		holidays = ""
	}
	h.spec.Env = append(spec.Env[:len(spec.Env):len(spec.Env)], "HTR_DEPLOYMENT="+deployment, "HTR_BUILD_ID="+id, environ.HolidaysFile+"="+holidays)
	if current {
		h.spec.Env = append(h.spec.Env, "HTR_MAKE_CURRENT=yes")
		return h
	}
	h.name += ", version " + id
	h.spec.Env = append(append(h.spec.Env, "HTR_MAKE_CURRENT=no"), deaf...)
	if slices.ContainsFunc(h.spec.Env, func(e string) bool { return strings.HasPrefix(e, "HTR_PAGES_URL=") }) {
		h.spec.Env = append(h.spec.Env, "HTR_PAGES_ADDRESS=none")
	}
	h.spec.LogFile = s.data("log", "worker-"+cases+"-"+id+".log")
	return h
}

// keep copies the program, and the site's bank holidays where there are such, to where the next ones do
// not overwrite them: dates of a case in the middle of a chapter stay those that were worked out. The
// number follows from the contents, so that the same program with the same holidays is the same version.
func (s site) keep(program, holidays string) (id string, err error) {
	if id, err = number(program, holidays); err != nil {
		return "", err
	}
	path := s.data("programs", id, filepath.Base(program))
	if numberOf(path) == id {
		return id, nil
	}
	if _, err := os.Stat(path); err == nil {
		if err := s.setAside(path); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	if holidays != "" {
		if err := copyTo(holidaysOf(path), holidays, 0o600); err != nil {
			return "", err
		}
	}
	return id, copyTo(path, program, 0o700)
}

func copyTo(path, from string, mode os.FileMode) error {
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	return whole.ReplaceFrom(path, file, mode)
}

// holidaysOf is where the bank holidays of a kept program stand, if it has its own.
func holidaysOf(path string) string { return filepath.Join(filepath.Dir(path), "bank-holidays.json") }

// number is a version's, from the contents of its files; an empty path is none.
func number(paths ...string) (string, error) {
	sum := sha256.New()
	for _, path := range paths {
		if path == "" {
			continue
		}
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(sum, file)
		file.Close()
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
}

// numberOf is the number of the kept program at the path; empty where it cannot be read.
func numberOf(path string) string {
	holidays := holidaysOf(path)
	if _, err := os.Stat(holidays); err != nil {
		holidays = ""
	}
	id, err := number(path, holidays)
	if err != nil {
		return ""
	}
	return id
}

// setAside puts a spoilt copy of a program where nothing runs it, and says so.
func (s site) setAside(path string) error {
	aside, err := whole.SetAside(path, time.Now())
	if err == nil {
		say("The kept program %s is not what its number says; it is set aside as %s.", path, aside)
	}
	return err
}

func casesAndGroups(n int) string {
	if n == 1 {
		return "1 case or group is"
	}
	return fmt.Sprintf("%d cases and groups are", n)
}
