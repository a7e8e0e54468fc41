package directory

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // an absence is counted in UK days on machines without a zone database too

	"holdthering/regime"
	"holdthering/textfile"
)

// largestFile is in bytes; the shipped directory of 836 parties has less than a quarter MiB.
const largestFile = 16 << 20

// settled is how old a file's time stamp must be before it is trusted to change with the
// next write: file systems count in steps of up to two seconds.
const settled = 2 * time.Second

// Directory is a directory file and what it last held. Any number of goroutines may use it.
type Directory struct {
	path string // empty for a directory that is no file

	mu      sync.Mutex
	current *book
	text    string
	stamp   os.FileInfo // of the text; nil when it cannot be trusted
	problem error
	notify  func(error)
	taken   func(*book, string) error // called when a new text is in use; may be nil
	// recorded is what taken has recorded; failing is what it could not, at failed.
	recorded, failing *book
	failed            time.Time
}

// Open reads the directory file at path. A file that cannot be a directory is an error;
// a wrong cell is not (see Check).
func Open(path string) (*Directory, error) {
	d := &Directory{path: path}
	text, stamp, err := read(path)
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	b, err := newBook(text)
	if err != nil {
		return nil, fmt.Errorf("directory %s: %w", path, err)
	}
	d.current, d.text, d.stamp = b, text, stamp
	return d, nil
}

// FromText is a directory that is no file and never changes, as the one that is shipped.
func FromText(text string) (*Directory, error) {
	b, err := newBook(text)
	if err != nil {
		return nil, fmt.Errorf("directory: %w", err)
	}
	return &Directory{current: b, text: text}, nil
}

// Lookup says where to write for a party at a moment. When the level asked is missing or away, the
// levels above answer, then those below. The error is a Gap when no one is left or the party is not
// listed. A change of the file takes effect here; a file that became unreadable leaves the old
// content in use (see Problem).
func (d *Directory) Lookup(party regime.Party, at time.Time, level Level) (Contact, error) {
	return d.fresh().lookup(upperParty(party), at, level)
}

// Has reports whether one of the party's addresses, of any level, is the one meant.
func (d *Directory) Has(party regime.Party, meant func(address string) bool) bool {
	return d.fresh().has(upperParty(party), meant)
}

// Levels lists which contacts of a party have an address, with who answers at each where that is known.
func (d *Directory) Levels(party regime.Party) (levels []regime.Level, persons []string) {
	return d.fresh().levels(upperParty(party))
}

// Telephone is where a party is rung; empty where the file does not say.
func (d *Directory) Telephone(party regime.Party) string {
	b := d.fresh()
	if i, ok := b.first[upperParty(party)]; ok {
		return b.rows[i].telephone()
	}
	return ""
}

// Seats lists the party, if it has a row, and the further seats of its area, as
// LA_COMM/Q56-NORFOLK for LA_COMM/Q56.
func (d *Directory) Seats(party regime.Party) []regime.Party {
	return d.fresh().seats(upperParty(party))
}

// Problem is why the file as it stands now is not in use; nil while it is.
func (d *Directory) Problem() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refresh()
	return d.problem
}

// Notify has f called at a look-up, once for each new reason why the file could not
// be used. It is called in the goroutine of the look-up and must not use the directory.
func (d *Directory) Notify(f func(error)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.notify = f
}

func (d *Directory) fresh() *book {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refresh()
	return d.current
}

// refresh takes over a changed file. It reads again when size or time differ from the
// last reading, or when the time was too young then to tell the next write apart.
func (d *Directory) refresh() {
	if d.path == "" {
		return
	}
	defer d.recordChanges()
	if info, err := os.Stat(d.path); err == nil && same(d.stamp, info) {
		d.problem = nil
		return
	}
	text, stamp, err := read(d.path)
	if err != nil {
		d.broken(err)
		return
	}
	if text != d.text {
		b, err := newBook(text)
		if err != nil {
			d.broken(fmt.Errorf("%s: %w", d.path, err))
			return
		}
		d.current, d.text = b, text
	}
	d.stamp, d.problem = stamp, nil
}

// recordChanges records what changed, now or since that last failed.
func (d *Directory) recordChanges() {
	err := d.record()
	var aside *SetAside
	switch {
	case err == nil || d.notify == nil:
	case errors.As(err, &aside):
		d.notify(fmt.Errorf("directory: the record of its changes is %w", err))
	default:
		d.notify(fmt.Errorf("directory: its change could not be recorded: %w", err))
	}
}

// broken keeps what was read before, and says so once for each new reason.
func (d *Directory) broken(err error) {
	err = fmt.Errorf("directory: %w; the content read before stays in use", err)
	known := d.problem != nil && d.problem.Error() == err.Error()
	d.problem = err
	if !known && d.notify != nil {
		d.notify(err)
	}
}

// read gives a file's text, and the stamp under which it may be trusted not to have
// changed: none while the file is too young, or changed while it was read.
func read(path string) (string, os.FileInfo, error) {
	before, err := os.Stat(path)
	switch {
	case err != nil:
		return "", nil, err
	case !before.Mode().IsRegular():
		return "", nil, fmt.Errorf("%s is not a file", path)
	}
	content, err := textfile.Read(path, largestFile)
	if err != nil {
		return "", nil, err
	}
	after, err := os.Stat(path)
	if err != nil {
		return "", nil, err
	}
	if !same(before, after) || time.Since(before.ModTime()) < settled {
		return content, nil, nil
	}
	return content, before, nil
}

// same tells two states of a file from each other without reading it; a file renamed
// over the old one is another even when size and time are equal.
func same(a, b os.FileInfo) bool {
	return a != nil && os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}

func upperParty(p regime.Party) regime.Party {
	return regime.Party(strings.ToUpper(strings.TrimSpace(string(p))))
}
