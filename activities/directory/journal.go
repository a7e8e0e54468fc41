package directory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdthering/whole"
)

// The files of a record of changes, in its folder.
const (
	changesFile = "directory-changes.jsonl" // a line of JSON a change, only ever added to
	lastFile    = "directory-last.csv"      // the directory as it was last taken over
)

const (
	// tryAgain is how long after it failed recording a change is tried again.
	tryAgain = time.Minute
)

// journal keeps the record of a directory's changes, also of those that were made while no
// worker ran. Several workers may keep it in one folder: each change is recorded once.
type journal struct{ dir, directory string }

// KeepJournal has every change of the directory recorded in a folder, which is made if need
// be, from what was last taken over there. The error is why that did not go the first time, or
// what was set aside because it is broken: a *SetAside. The directory is in use all the same, and
// recording is tried again at later look-ups.
func (d *Directory) KeepJournal(dir string, now func() time.Time) error {
	j := &journal{dir, d.path}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken = func(b *book, text string) error { return j.take(b, text, now()) }
	return d.record()
}

// record has the text in use recorded, unless it is already or has failed just now.
func (d *Directory) record() error {
	if d.taken == nil || d.recorded == d.current || time.Since(d.failed) < tryAgain && d.failing == d.current {
		return nil
	}
	err := d.taken(d.current, d.text)
	var aside *SetAside
	if err != nil && !errors.As(err, &aside) {
		d.failed, d.failing = time.Now(), d.current
		return err
	}
	d.recorded = d.current
	return err
}

// SetAside tells of files that were broken and are kept under other names; what they were for went
// on without them.
type SetAside struct {
	Files []string // as they are called now
}

func (s *SetAside) Error() string {
	return "broken, and kept for a person to look at as " + strings.Join(s.Files, ", ")
}

// take records the differences to what was last taken over.
func (j *journal) take(b *book, text string, now time.Time) error {
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return err
	}
	return whole.InTurn(j.dir, func() error { return j.takeInTurn(b, text, now) })
}

func (j *journal) takeInTurn(b *book, text string, now time.Time) error {
	b, text = j.latest(b, text)
	aside := &SetAside{}
	from, before, err := j.last(now, aside)
	switch {
	case err != nil:
		return err
	case from == nil: // the first time: nothing has changed yet
	case before == text:
		return aside.orNil()
	default:
		if err := j.add(differences(from, b, now.UTC()), now, aside); err != nil {
			return err
		}
	}
	if err := whole.Replace(filepath.Join(j.dir, lastFile), sealed(text), 0o600); err != nil {
		return err
	}
	return aside.orNil()
}

func (s *SetAside) orNil() error {
	if len(s.Files) == 0 {
		return nil
	}
	return s
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

// last is what was last taken over: no book where nothing was, or where it is broken.
func (j *journal) last(now time.Time, aside *SetAside) (*book, string, error) {
	path := filepath.Join(j.dir, lastFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	text, ok := unsealed(raw)
	if ok {
		if b, err := newBook(text); err == nil {
			return b, text, nil
		}
	}
	return nil, "", aside.add(path, now)
}

func (s *SetAside) add(path string, now time.Time) error {
	name, err := whole.SetAside(path, now)
	if err == nil {
		s.Files = append(s.Files, name)
	}
	return err
}

// sealed is the text with a last line by which a file that was cut short is known, at whatever byte.
func sealed(text string) []byte { return []byte(text + sealOf(text)) }

func sealOf(text string) string {
	return fmt.Sprintf("\n# whole: %08x\n", crc32.ChecksumIEEE([]byte(text)))
}

func unsealed(raw []byte) (string, bool) {
	at := bytes.LastIndex(raw, []byte("\n# whole: "))
	if at < 0 {
		return "", false
	}
	text := string(raw[:at])
	return text, string(raw[at:]) == sealOf(text)
}

// add puts changes behind those that are recorded. Lines that cannot be read stay in the broken
// file, which is set aside.
func (j *journal) add(changes []Change, now time.Time, aside *SetAside) error {
	if len(changes) == 0 {
		return nil
	}
	path := filepath.Join(j.dir, changesFile)
	known, err := readChanges(path)
	var damaged *Damaged
	switch {
	case errors.As(err, &damaged):
		if err := aside.add(path, now); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	var text bytes.Buffer
	for _, c := range append(known, changes...) {
		line, err := json.Marshal(c)
		if err != nil {
			return err
		}
		text.Write(append(line, '\n'))
	}
	return whole.Replace(path, text.Bytes(), 0o600)
}
