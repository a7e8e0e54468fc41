package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"holdthering/backup"
	"holdthering/launch/server"
	"holdthering/seal"
	"holdthering/whole"
)

// programs is the folder of the kept programs.
const programs = "programs"

// backUp writes all that the site needs to go on elsewhere into one new archive.
func backUp(ctx context.Context, s site, to string) error {
	if _, ok := given(); ok {
		return errors.New("TEMPORAL_ADDRESS names a server whose database is not here: deploy/backup.sh backs up " +
			"a team's server, and docs/operations.md says how it is with others")
	}
	if _, err := os.Stat(s.data(backup.Database)); err != nil {
		return fmt.Errorf("there is nothing to back up: %w", err)
	}
	taken := time.Now()
	if to == "" {
		to = filepath.Join(s.root, "backups", "holdthering-"+taken.UTC().Format("20060102T150405Z")+".tar.gz")
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	// The database first: what is sent or filed meanwhile is then known by its file, and is not sent
	// again. The other way round a mail could be in the books and in no outbox.
	unfinished := whole.Unfinished + "backup-"
	for _, left := range matching(s.data(unfinished + "*")) { // of a backup that was killed
		if info, err := os.Stat(left); err == nil && time.Since(info.ModTime()) > whole.Abandoned {
			_ = os.RemoveAll(left)
		}
	}
	dir, err := os.MkdirTemp(s.data(), unfinished)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	database := filepath.Join(dir, backup.Database)
	if err := server.CopyDatabase(ctx, s.data(backup.Database), database, os.Stdout); err != nil {
		return err
	}
	var m backup.Manifest
	var left []string
	key := seal.File(os.Getenv)
	err = whole.AddFrom(to, func(w io.Writer) (err error) {
		m, left, err = backup.Pack(w, taken, "sqlite", key, s.parts(database)...)
		return err
	})
	if err != nil {
		return err
	}
	say("Backed up %d files to %s", len(m.Files), to)
	for _, file := range left {
		say("  left out, since it is a key: %s", file)
	}
	tellOfKey(key)
	return nil
}

// parts are what goes into an archive; the database is a copy.
func (s site) parts(database string) []backup.Part {
	parts := []backup.Part{
		{Name: backup.Database, Path: database},
		{Name: backup.Outbox, Path: s.outbox(cases)},
		{Name: backup.Records, Path: s.records(cases)},
		{Name: backup.Directory, Path: s.directory()},
		{Name: programs, Path: s.data(programs)},
		{Name: demonstration, Path: s.data(demonstration)},
	}
	if templates := s.templates(); templates != "" {
		parts = append(parts, backup.Part{Name: backup.Templates, Path: templates})
	}
	return parts
}

// directory is the file of contacts: the site's own, as a restore puts it there, or the checkout's.
func (s site) directory() string {
	if own := s.data(backup.Directory); there(own) {
		return own
	}
	return filepath.Join(s.root, "data", "directory.csv")
}

// templates is the folder of the site's own templates; empty where the shipped ones are used.
func (s site) templates() string {
	if dir := os.Getenv("HTR_TEMPLATES"); dir != "" {
		return dir
	}
	if own := s.data(backup.Templates); there(own) {
		return own
	}
	return ""
}

func matching(pattern string) []string {
	found, _ := filepath.Glob(pattern) // the pattern is a good one
	return found
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func tellOfKey(key string) {
	if key == "" {
		say("Nothing is sealed here: whoever has the backup can read it all.")
		return
	}
	say(`The key is not in it: %s. Without the key nobody can read the cases; whoever has both
can. Keep a copy of it, apart from the backups.`, key)
}
