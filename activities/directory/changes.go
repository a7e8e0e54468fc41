package directory

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"holdthering/regime"
)

// Change is what changed about one party in a directory. It names columns and never what
// stands in them.
type Change struct {
	At      time.Time    `json:"at"` // when it was taken over
	Party   regime.Party `json:"party"`
	What    ChangeKind   `json:"what"`
	Columns []string     `json:"columns,omitempty"`
}

// ChangeKind is what happened to a row.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// differences lists what changed from one book to the next, in the order of the new one and
// then what is gone. Only the row of a party that counts is looked at.
func differences(from, to *book, at time.Time) []Change {
	var out []Change
	for i, r := range to.rows {
		p := r.party()
		if to.first[p] != i {
			continue
		}
		j, known := from.first[p]
		if !known {
			out = append(out, Change{At: at, Party: p, What: Added})
			continue
		}
		var columns []string
		for k, c := range Columns {
			if c != "party" && r.cells[k] != from.rows[j].cells[k] {
				columns = append(columns, c)
			}
		}
		if len(columns) > 0 {
			out = append(out, Change{At: at, Party: p, What: Changed, Columns: columns})
		}
	}
	for i, r := range from.rows {
		if _, there := to.first[r.party()]; !there && from.first[r.party()] == i {
			out = append(out, Change{At: at, Party: r.party(), What: Removed})
		}
	}
	return out
}

// The files of a record of changes, in its folder.
const (
	changesFile = "directory-changes.jsonl" // a line of JSON a change, only ever added to
	lastFile    = "directory-last.csv"      // the directory as it was last taken over
)

// journal keeps the record of a directory's changes, also of those that were made while no
// worker ran.
type journal struct {
	dir string
	mu  sync.Mutex
}

// KeepJournal has every change of the directory recorded in a folder, which is made if need
// be, from what was last taken over there.
func (d *Directory) KeepJournal(dir string, now func() time.Time) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	j := &journal{dir: dir}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken = func(b *book, text string) error { return j.take(b, text, now()) }
	return d.taken(d.current, d.text)
}

// take records the differences to what was last taken over.
func (j *journal) take(b *book, text string, now time.Time) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := filepath.Join(j.dir, lastFile)
	before, err := os.ReadFile(last)
	switch {
	case errors.Is(err, fs.ErrNotExist): // the first time: nothing has changed yet
	case err != nil:
		return err
	case string(before) == text:
		return nil
	default:
		from, err := newBook(string(before))
		if err != nil {
			return fmt.Errorf("%s: %w", last, err)
		}
		if err := j.add(differences(from, b, now.UTC())); err != nil {
			return err
		}
	}
	return os.WriteFile(last, []byte(text), 0o600)
}

func (j *journal) add(changes []Change) error {
	f, err := os.OpenFile(filepath.Join(j.dir, changesFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for _, c := range changes {
		line, marshalled := json.Marshal(c)
		if err = marshalled; err == nil {
			_, err = f.Write(append(line, '\n'))
		}
		if err != nil {
			break
		}
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
