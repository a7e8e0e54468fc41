package directory

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"holdthering/textfile"
)

// Standing is how the directory stands that a worker uses, for who keeps the file and does not
// see the worker's log.
type Standing struct {
	File string    `json:"file"`
	At   time.Time `json:"at"` // since when it stands so
	// Problem is why the file as it is now is not in use, and what was read before is.
	Problem string `json:"problem,omitempty"`
	// Findings are the faults of rows that are in use.
	Findings []Finding `json:"findings,omitempty"`
}

// Standing looks at the file as it is now. Whether all are listed that should be is not asked:
// that depends on the profile of each case.
func (d *Directory) Standing(expected Expected, now time.Time) Standing {
	s := Standing{File: d.path, At: now.UTC()}
	if path, err := filepath.Abs(d.path); err == nil {
		s.File = path
	}
	if err := d.Problem(); err != nil {
		s.Problem = err.Error()
	}
	for _, f := range Check(d, expected) {
		if f.Line > 0 {
			s.Findings = append(s.Findings, f)
		}
	}
	return s
}

// same reports whether nothing has changed but the time.
func (s Standing) same(other Standing) bool {
	return s.File == other.File && s.Problem == other.Problem && slices.Equal(s.Findings, other.Findings)
}

// String is a line for who looks at cases; empty where all is well.
func (s Standing) String() string {
	switch n := len(s.Findings); {
	case s.Problem != "":
		return s.Problem + "."
	case n == 1:
		return fmt.Sprintf("directory %s: %s.", s.File, s.Findings[0])
	case n > 1:
		return fmt.Sprintf("directory %s: %d rows to mend, the first in %s.", s.File, n, s.Findings[0])
	}
	return ""
}

const standingFile = "directory-standing.json"

// largestStanding is in bytes: a fault in each of many thousand rows.
const largestStanding = 16 << 20

// KeepStanding writes it into a folder, whole or not at all, unless it stands there already.
func KeepStanding(dir string, s Standing) error {
	if last, err := StandingIn(dir); err == nil && last.same(s) {
		return nil
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".directory-standing-")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(append(raw, '\n'))
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), filepath.Join(dir, standingFile))
}

// StandingIn reads what KeepStanding wrote; a zero one where no worker has.
func StandingIn(dir string) (Standing, error) {
	var s Standing
	raw, err := textfile.Bytes(filepath.Join(dir, standingFile), largestStanding)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(raw, &s)
}
