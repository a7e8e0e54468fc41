package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/eml"
	"holdthering/whole"
)

// Outbox is a channel that writes into one directory.
type Outbox struct {
	dir string
}

// New opens the outbox in dir, which is made if need be, readable by its owner alone: the
// mails hold addresses.
func New(dir string) (*Outbox, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the outbox: %w", err)
	}
	if err := whole.Sweep(dir); err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return &Outbox{dir: dir}, nil
}

// Name is "outbox".
func (o *Outbox) Name() string { return "outbox" }

// Send writes the mail unless it is there already; both are Accepted. It is never Unknown:
// trying again is harmless.
func (o *Outbox) Send(ctx context.Context, m mail.Message) mail.Result {
	res := o.Lay(ctx, m)
	if res.Outcome != mail.Accepted {
		return res
	}
	if kept := o.Keep(); kept.Outcome != mail.Accepted {
		return kept
	}
	return res
}

// Lay writes the mail so that it is whole where it is there; that it is there is durable with Keep.
func (o *Outbox) Lay(ctx context.Context, m mail.Message) mail.Result {
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

// Keep makes the names of all mails durable, also of those that another process has laid.
func (o *Outbox) Keep() mail.Result {
	if err := whole.Sync(o.dir); err != nil {
		return fault(err)
	}
	return mail.Result{Outcome: mail.Accepted}
}

func (o *Outbox) put(m mail.Message, raw []byte) mail.Result {
	name := FileName(m)
	err := whole.Lay(filepath.Join(o.dir, name), raw, 0o600)
	if errors.Is(err, fs.ErrExist) && !finished(o.dir, name) {
		if _, err = whole.SetAside(filepath.Join(o.dir, name), time.Now()); err == nil {
			err = whole.Lay(filepath.Join(o.dir, name), raw, 0o600)
		}
	}
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
		err = nil
	}
	if err != nil {
		return fault(err)
	}
	return mail.Result{Outcome: mail.Accepted, Detail: name}
}

// finished reports whether a mail of the outbox reaches to its end; one that was cut short, by
// hand or by the disk, is no mail, and is written again.
func finished(dir, name string) bool {
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return true // it cannot be told, and another try is harmless
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return false
	}
	_, of, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	return err == nil && of["boundary"] != "" &&
		bytes.HasSuffix(bytes.TrimRight(raw, "\r\n"), []byte("--"+of["boundary"]+"--"))
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
