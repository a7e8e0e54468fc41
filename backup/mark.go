package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"holdthering/whole"
)

// markFile stands in the records of a site that was put back from a backup.
const markFile = "restored.json"

// Decision is what a person says of the mails that may have gone.
type Decision string

// The decisions.
const (
	Undecided Decision = ""
	Went      Decision = "went" // they are not sent again
	Send      Decision = "send" // they are sent, perhaps a second time
)

// UnmarshalText refuses what is no decision.
func (d *Decision) UnmarshalText(text []byte) error {
	switch read := Decision(text); read {
	case Went, Send:
		*d = read
		return nil
	}
	return fmt.Errorf("%q is no decision about mails", text)
}

// Mark says that a site was put back from a backup. It is not known whether a mail that fell due
// after Taken and by Lost went: what had sent it is lost.
type Mark struct {
	Taken time.Time `json:"taken"`
	Lost  time.Time `json:"lost"`
	// All is the decision for every case and group; Cases has those for single ones, by reference.
	All   Decision            `json:"all,omitempty"`
	Cases map[string]Decision `json:"cases,omitempty"`
}

// Unclear reports whether a mail that was to go at the moment may have gone.
func (m *Mark) Unclear(due time.Time) bool { return m != nil && !due.After(m.Lost) }

// Decided is the decision about the mails of a case or group.
func (m *Mark) Decided(ref string) Decision {
	if d, ok := m.Cases[ref]; ok {
		return d
	}
	return m.All
}

// ReadMark is the mark in a folder of records; nil where there is none. A mark that cannot be
// read is one all the same: everything until it was written is unclear, and the error says so.
func ReadMark(records string) (*Mark, error) {
	path := filepath.Join(records, markFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	m := &Mark{}
	if err == nil {
		err = json.Unmarshal(raw, m)
	}
	if err == nil && m.Lost.IsZero() {
		err = errors.New("it does not say until when")
	}
	if err == nil {
		return m, nil
	}
	m = &Mark{Lost: time.Now()}
	if info, stat := os.Stat(path); stat == nil {
		m.Lost = info.ModTime()
	}
	return m, fmt.Errorf("%s: %w", path, err)
}

// Write puts the mark into a folder of records.
func (m *Mark) Write(records string) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return whole.Replace(filepath.Join(records, markFile), append(raw, '\n'), 0o600)
}

// SetMarkAside keeps a broken mark for a person to look at, under another name.
func SetMarkAside(records string, now time.Time) error {
	_, err := whole.SetAside(filepath.Join(records, markFile), now)
	return err
}
