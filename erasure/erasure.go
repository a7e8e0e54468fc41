package erasure

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdthering/activities/mail/outbox"
	"holdthering/regime"
	"holdthering/whole"
)

// LogFile is the name of the file among the records that says what was erased.
const LogFile = "erased.jsonl"

// File is one that was there, by its name and what was in it.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Entry is one line of the log: what is about to be erased, or, with Done, that it was.
type Entry struct {
	Case   string    `json:"case"`
	At     time.Time `json:"at"`
	Person string    `json:"person"`
	Role   string    `json:"role,omitempty"`
	Reason string    `json:"reason"`
	Files  []File    `json:"files,omitempty"`
	Mails  int       `json:"mails"` // in the outbox
	Runs   int       `json:"runs"`  // at the server; known once it is done
	Done   bool      `json:"done,omitempty"`
}

// Places are where what is on file lies.
type Places struct{ Records, Outbox string }

// Found is what is on file of a case.
type Found struct {
	Files []File
	mails []string
	// Stage is that of the record; empty where there is none.
	Stage regime.Stage
}

// Empty reports whether nothing is on file.
func (f Found) Empty() bool { return len(f.Files) == 0 && len(f.mails) == 0 }

// Mails is how many there are in the outbox.
func (f Found) Mails() int { return len(f.mails) }

// Find looks for what is on file of a case. An outbox that is not there holds no mails.
func (p Places) Find(ref string) (f Found, err error) {
	names, err := filepath.Glob(filepath.Join(p.Records, ref+".*"))
	if err != nil {
		return f, err
	}
	slices.Sort(names)
	for _, path := range names {
		raw, err := os.ReadFile(path)
		if err != nil {
			return f, err
		}
		sum := sha256.Sum256(raw)
		f.Files = append(f.Files, File{filepath.Base(path), hex.EncodeToString(sum[:])})
		var record struct{ Case struct{ Stage regime.Stage } }
		if filepath.Base(path) == ref+".json" && json.Unmarshal(raw, &record) == nil {
			f.Stage = record.Case.Stage
		}
	}
	mails, err := outbox.List(p.Outbox)
	var skipped *outbox.SkippedError
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.As(err, &skipped) {
		return f, err
	}
	for _, m := range mails {
		if m.CaseRef == ref {
			f.mails = append(f.mails, m.Name)
		}
	}
	return f, nil
}

// Begin puts on record what is about to be erased.
func (p Places) Begin(e Entry, f Found) error {
	e.Files, e.Mails = f.Files, f.Mails()
	return p.log(e)
}

// Finish erases it, and puts on record that it was. What was gone already is no error: an erasure that was cut
// short is finished by another.
func (p Places) Finish(e Entry, f Found) error {
	err := whole.InTurn(p.Records, func() error {
		for _, file := range f.Files {
			if err := gone(filepath.Join(p.Records, file.Name)); err != nil {
				return err
			}
		}
		return whole.Sync(p.Records)
	})
	if err != nil {
		return err
	}
	for _, name := range f.mails {
		if err := gone(filepath.Join(p.Outbox, name)); err != nil {
			return err
		}
	}
	e.Mails, e.Done = f.Mails(), true
	return p.log(e)
}

func gone(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// log adds a line, durably.
func (p Places) log(e Entry) (err error) {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.Records, 0o700); err != nil {
		return err
	}
	return whole.InTurn(p.Records, func() error {
		f, err := os.OpenFile(filepath.Join(p.Records, LogFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = f.Write(append(line, '\n'))
		return errors.Join(err, f.Sync(), f.Close(), whole.Sync(p.Records))
	})
}

// Log is all that was erased, the oldest first.
func (p Places) Log() ([]Entry, error) {
	raw, err := os.ReadFile(filepath.Join(p.Records, LogFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Entry
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e Entry
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("line %d of %s is broken: %w", len(all)+1, LogFile, err)
		}
		all = append(all, e)
	}
	return all, lines.Err()
}
