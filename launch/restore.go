package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdthering/backup"
	"holdthering/regime/calendar"
	"holdthering/seal"
	"holdthering/whole"
)

// restore puts a backup into a site that has no data yet. Until lost, what the backup was taken of
// may have gone on: mails that fell due since are held for a person's decision.
func restore(s site, from string, lost time.Time) error {
	if err := s.empty(); err != nil {
		return err
	}
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer file.Close()
	// Beside its place, and renamed when all of it is there.
	fresh, err := os.MkdirTemp(s.root, whole.Unfinished+"restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	m, err := backup.Unpack(file, fresh)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was restored", from, err)
	}
	if m.Database != "sqlite" {
		return fmt.Errorf("%s is the backup of a team's server (%s): deploy/restore.sh puts it back", from, m.Database)
	}
	if lost.Before(m.Taken) {
		return fmt.Errorf("the backup was taken at %s: what it is of cannot have been lost before", calendar.Instant(m.Taken))
	}
	if err := s.putInPlace(fresh, backup.Mark{Taken: m.Taken, Lost: lost.UTC()}); err != nil {
		return err
	}
	say("Restored %d files, as they stood at %s. 'make dev' goes on from there.", len(m.Files), calendar.Instant(m.Taken))
	if lost.After(m.Taken) {
		say(`Mails that fell due by %s and that the backup does not know of as
sent may have gone already. They are held: 'starter restored' lists them and says how to decide.
What was done in cases after the backup is lost, and must be done again.`, calendar.Instant(lost))
	}
	tellWhichKey(seal.File(os.Getenv))
	return nil
}

// empty reports whether nothing would be overwritten; logs do not count.
func (s site) empty() error {
	entries, err := os.ReadDir(s.data())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if e.Name() != "log" {
			names = append(names, e.Name())
		}
	}
	if len(names) > 0 {
		return fmt.Errorf("%s is not empty (%s): a backup is restored into an empty place only; move it away first",
			s.data(), strings.Join(names[:min(len(names), 5)], ", "))
	}
	return nil
}

func (s site) putInPlace(fresh string, mark backup.Mark) error {
	records := filepath.Join(fresh, backup.Records)
	if err := os.MkdirAll(records, 0o700); err != nil {
		return err
	}
	if mark.Lost.After(mark.Taken) { // else nothing went that the backup does not know
		if err := mark.Write(records); err != nil {
			return err
		}
	}
	if logs := s.data("log"); there(logs) {
		if err := os.Rename(logs, filepath.Join(fresh, "log")); err != nil {
			return err
		}
	}
	if err := os.Remove(s.data()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, s.data()); err != nil {
		return err
	}
	return whole.Sync(s.root)
}

func tellWhichKey(key string) {
	switch {
	case key == "":
	case there(key):
		say("The key that is used is %s; it must be the one that the cases were sealed with.", key)
	default:
		say("There is no key at %s. Put that in place which the cases were sealed with before you start.", key)
	}
}

// lostAt reads the time of --lost-at from the arguments of restore, and leaves the others.
func lostAt(args []string, now time.Time) (time.Time, []string, error) {
	i := slices.Index(args, "--lost-at")
	if i < 0 {
		return now, args, nil
	}
	if i+1 == len(args) {
		return now, args, mistaken("--lost-at needs a time")
	}
	at, err := calendar.ParseInstant(args[i+1])
	if err != nil {
		return now, args, mistaken("--lost-at: " + err.Error())
	}
	if at.After(now) {
		return now, args, mistaken("--lost-at is a time that has passed")
	}
	return at, slices.Delete(slices.Clone(args), i, i+2), nil
}

// mistaken is a wrong word on the command line, in a sentence.
type mistaken string

func (m mistaken) Error() string { return string(m) }

// Is reports whether it is an errUsage.
func (m mistaken) Is(target error) bool { return target == errUsage }
