package run

import (
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/activities/mail/choose"
	"holdthering/data"
	"holdthering/environ"
	"holdthering/seal"
	"holdthering/whole"
)

// supplies joins what the activities need: a mail channel, the directory, a place for
// records.
func (s Settings) supplies(c client.Client) (*activities.Activities, error) {
	channel, description, err := choose.FromEnv(s.getenv)
	if err != nil {
		return nil, err
	}
	s.Log.Info("Mails", "channel", description)
	book, err := s.directory()
	if err != nil {
		return nil, err
	}
	confirm, err := s.confirmation(c, channel)
	if err != nil {
		return nil, err
	}
	if confirm.Awaited {
		s.Log.Info("Word of each mail is awaited from the mail service")
	}
	reach, err := s.secretariat()
	if err != nil {
		return nil, err
	}
	links, err := s.links()
	if err != nil {
		return nil, err
	}
	_ = whole.Sweep(s.Records) // no folder yet, nothing to sweep
	keys, err := seal.FromEnv(environ.Get)
	var missing *seal.Missing
	if err != nil && !errors.As(err, &missing) {
		return nil, err
	}
	shelf, err := s.shelf()
	if err != nil {
		return nil, err
	}
	if shelf != nil {
		s.Log.Info("Registers are in a database that all workers share")
	}
	return &activities.Activities{Channel: channel, Directory: book, Records: s.Records, Shelf: shelf,
		Seal: seal.Bytes{Converter: seal.NewConverter(keys, nil)}, Confirm: confirm,
		Templates: s.Templates, Links: links, Secretariat: reach, ReplyTo: s.replyTo()}, nil
}

// getenv has a directory that was given as a flag take the place of the variable.
func (s Settings) getenv(name string) string {
	if name == "HTR_OUTBOX" && s.Outbox != "" {
		return s.Outbox
	}
	if s.Getenv == nil {
		return ""
	}
	return environ.Cleaned(s.Getenv)(name)
}

// contacts is the directory to look up in, and no more: its changes are recorded by the one that mails use.
func (s Settings) contacts() (*directory.Directory, error) {
	if s.Directory == "" {
		return directory.FromText(data.Directory)
	}
	book, err := directory.Open(s.Directory)
	if err != nil {
		return nil, fmt.Errorf("--directory: %w", err)
	}
	return book, nil
}

func (s Settings) directory() (*directory.Directory, error) {
	if s.Directory == "" {
		s.Log.Warn("The shipped directory is in use; its addresses are invented and reach nobody")
		return directory.FromText(data.Directory)
	}
	book, err := directory.Open(s.Directory)
	if err != nil {
		return nil, fmt.Errorf("--directory: %w", err)
	}
	if err := book.KeepJournal(s.Records, time.Now); err != nil { // no mail and no case waits for it
		s.Log.Error("The record of the directory's changes", "folder", s.Records, "reason", err)
	}
	book.Notify(func(err error) { s.Log.Error("The directory cannot be used as it stands", "reason", err) })
	return book, nil
}

// replyTo is the mailbox to which replies go, as the channel of mails has it.
func (s Settings) replyTo() string {
	a, err := mail.ParseAddress(s.getenv("HTR_MAIL_REPLY_TO"))
	if err != nil {
		return "" // without one, or the channel says what is wrong with it
	}
	return a.Email
}
