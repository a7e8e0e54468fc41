package directory

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"holdthering/textfile"
)

// ErrNoJournal: no record of a directory's changes is kept in the folder.
var ErrNoJournal = errors.New("no record of a directory's changes is kept there")

// Damaged names the lines of the record that cannot be read, as one cut short by a crash; all
// other changes are given beside it.
type Damaged struct {
	File  string
	Lines []int
}

func (d *Damaged) Error() string {
	var lines []string
	for _, n := range d.Lines {
		lines = append(lines, fmt.Sprint(n))
	}
	return d.File + " cannot be read in line " + strings.Join(lines, ", ")
}

// largestJournal is in bytes: the changes of centuries.
const largestJournal = 256 << 20

// Recorded lists the changes that KeepJournal has recorded in a folder, the earliest first.
func Recorded(dir string) ([]Change, error) {
	if _, err := os.Stat(filepath.Join(dir, lastFile)); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoJournal
	}
	return readChanges(filepath.Join(dir, changesFile))
}

// readChanges reads what it can; the error is then a *Damaged.
func readChanges(path string) ([]Change, error) {
	text, err := textfile.Bytes(path, largestJournal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // nothing has changed since the directory was first taken over
	}
	if err != nil {
		return nil, err
	}
	if len(text) == 0 {
		return nil, nil
	}
	var out []Change
	damaged := &Damaged{File: path}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		var c Change
		if err := json.Unmarshal([]byte(line), &c); err != nil || c.Party == "" {
			damaged.Lines = append(damaged.Lines, i+1)
			continue
		}
		out = append(out, c)
	}
	if len(damaged.Lines) > 0 {
		return out, damaged
	}
	return out, nil
}
