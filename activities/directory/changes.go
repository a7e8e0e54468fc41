package directory

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdthering/activities/files"
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
// worker ran. Any number of workers may keep it in one folder.
type journal struct{ dir, directory string }

// KeepJournal has every change of the directory recorded in a folder, which is made if need
// be, from what was last taken over there. A *files.SetAside is no failure: what was last taken over
// could not be read, and the record goes on from now.
func (d *Directory) KeepJournal(dir string, now func() time.Time) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	j := &journal{dir, d.path}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken = func(b *book, text string) error {
		return files.InTurn(dir, func() error { return j.take(b, text, now().UTC()) })
	}
	return d.taken(d.current, d.text)
}

// take records the differences to what was last taken over, in its turn.
func (j *journal) take(b *book, text string, now time.Time) error {
	b, text = j.latest(b, text)
	last := filepath.Join(j.dir, lastFile)
	before, err := os.ReadFile(last)
	var aside error
	switch {
	case errors.Is(err, fs.ErrNotExist): // the first time: nothing has changed yet
	case err != nil:
		return err
	case string(before) == text:
		return nil
	default:
		from, err := newBook(string(before))
		if err != nil {
			aside = files.Aside(last, now, err)
			break
		}
		if err := j.add(differences(from, b, now)); err != nil {
			return err
		}
	}
	return errors.Join(aside, files.Replace(last, text))
}

// latest is the directory as it is now that it is this worker's turn: another may have taken over a
// later one meanwhile, which must not be recorded as taken back.
func (j *journal) latest(b *book, text string) (*book, string) {
	if j.directory == "" {
		return b, text
	}
	now, _, err := read(j.directory)
	if err != nil || now == text {
		return b, text
	}
	if later, err := newBook(now); err == nil {
		return later, now
	}
	return b, text
}

// add writes the lines at once, after a line that was cut short.
func (j *journal) add(changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	path := filepath.Join(j.dir, changesFile)
	var text strings.Builder
	if before, err := os.ReadFile(path); err == nil && len(before) > 0 && before[len(before)-1] != '\n' {
		text.WriteByte('\n')
	}
	for _, c := range changes {
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text.String())
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
