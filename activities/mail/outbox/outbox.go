package outbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/eml"
)

// Outbox is a channel that writes into one directory.
type Outbox struct {
	dir string
}

const (
	// unfinished begins the name of a file that is still being written.
	unfinished = ".new-"
	// abandoned is the age past which an unfinished file is of a worker that was killed:
	// writing one takes milliseconds.
	abandoned = time.Hour
)

// New opens the outbox in dir, which is made if need be, readable by its owner alone: the
// mails hold addresses.
func New(dir string) (*Outbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the outbox: %w", err)
	}
	o := &Outbox{dir: dir}
	if err := o.sweep(); err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return o, nil
}

// Name is "outbox".
func (o *Outbox) Name() string { return "outbox" }

// Send writes the mail unless it is there already; both are Accepted. It is never Unknown:
// trying again is harmless.
func (o *Outbox) Send(ctx context.Context, m mail.Message) mail.Result {
	if err := m.Validate(); err != nil {
		return m.Unfit(err)
	}
	if ctx.Err() != nil {
		return mail.Result{Outcome: mail.RefusedForNow, Detail: "given up before it was written"}
	}
	raw, err := eml.Bytes(m)
	if err != nil {
		return m.Unfit(err)
	}
	return o.put(m, raw)
}

func (o *Outbox) put(m mail.Message, raw []byte) mail.Result {
	name := FileName(m)
	err := o.link(name, raw)
	if errors.Is(err, fs.ErrExist) {
		// Names are made to differ where ids do; a file system that folds upper and lower
		// case can still bring two together.
		entry, readErr := readEntry(o.dir, name)
		if readErr == nil && entry.Notice != m.ID {
			return mail.Result{
				Outcome: mail.RefusedForGood, About: mail.AboutContent,
				Detail: "another notice holds the file name " + name,
			}
		}
		err = o.sync()
	}
	if err != nil {
		return fault(err)
	}
	return mail.Result{Outcome: mail.Accepted, Detail: name}
}

// link writes the whole file under another name first, so that whoever sees the final name
// sees all of it, also after a power cut.
func (o *Outbox) link(name string, raw []byte) error {
	temp, err := os.CreateTemp(o.dir, unfinished)
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(raw)
	if err == nil {
		err = temp.Sync()
	}
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Link(temp.Name(), filepath.Join(o.dir, name))
	}
	if err == nil {
		err = o.sync()
	}
	return err
}

// sync makes the directory's names durable.
func (o *Outbox) sync() error {
	dir, err := os.Open(o.dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// fault tells a passing trouble (a full disk) from one that stands until somebody acts.
func fault(err error) mail.Result {
	standing := []error{
		fs.ErrPermission, fs.ErrNotExist, // the directory was taken away
		syscall.EROFS, syscall.ENOTDIR, syscall.ENAMETOOLONG, errors.ErrUnsupported,
	}
	outcome := mail.RefusedForNow
	for _, s := range standing {
		if errors.Is(err, s) {
			outcome = mail.Misconfigured
		}
	}
	return mail.Result{Outcome: outcome, Detail: "the outbox takes no file: " + err.Error()}
}

func (o *Outbox) sweep() error {
	files, err := os.ReadDir(o.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !strings.HasPrefix(f.Name(), unfinished) {
			continue
		}
		if time.Since(info.ModTime()) > abandoned {
			os.Remove(filepath.Join(o.dir, f.Name())) // still there: the next start tries again
		}
	}
	return nil
}
