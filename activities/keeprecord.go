package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"holdthering/message"
	"holdthering/record"
	"holdthering/register"
	"holdthering/whole"
	"holdthering/workflows"
)

// fileName is what a case reference must be like to be the name of a file.
var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// MetricRecords counts the tries to put a case or group on file, under LabelOutcome: "kept" or "failed".
const MetricRecords = "holdthering_records"

// KeepRecord writes the case to <records>/<reference>.json, .md and .html, in place of what
// was there; a surveillance group to <records>/group-<place>.json and so on. Each file is
// whole at every moment; the same case makes the same bytes. What it answers says whether the folder
// had the record that was put on file before.
func (a *Activities) KeepRecord(ctx context.Context, r message.Register) (message.Filed, error) {
	filed, err := a.keep(ctx, r)
	outcome := "kept"
	if err != nil {
		outcome = "failed"
	}
	activity.GetMetricsHandler(ctx).WithTags(map[string]string{LabelOutcome: outcome}).Counter(MetricRecords).Inc(1)
	return filed, err
}

func (a *Activities) keep(ctx context.Context, r message.Register) (filed message.Filed, err error) {
	ref := ""
	switch {
	case r.Case != nil:
		ref = r.Case.Ref
	case r.Group != nil:
		ref = workflows.GroupID(workflows.PlaceIn(r.Group.Place(), r.Scene))
	}
	if !fileName.MatchString(ref) {
		return filed, temporal.NewNonRetryableApplicationError("there is no reference that can name a file",
			"NO_FILE_NAME", nil)
	}
	if err := os.MkdirAll(a.Records, 0o700); err != nil {
		return filed, fmt.Errorf("keep record: %w", err)
	}
	err = whole.InTurn(a.Records, func() error {
		contents, err := a.enter(ctx, r, ref, &filed)
		if err != nil || filed.Behind || r.Unread {
			return err
		}
		before := last(filepath.Join(a.Records, ref+".json"))
		filed.Apart = a.Shelf == nil && before.AsOf.Before(r.Filed) // a shared register has all, whoever wrote last
		if before.follows(r) {                                      // this is a try that was given up for lost, and the next was faster
			return nil
		}
		forms, err := onFile(r, contents)
		if err != nil {
			return err
		}
		for _, f := range forms {
			if err := whole.Replace(filepath.Join(a.Records, ref+f.ending), []byte(f.content), 0o600); err != nil {
				return fmt.Errorf("keep record: %w", err)
			}
		}
		return nil
	})
	return filed, err
}

// kept is as much of a record on file as tells which of two is the later.
type kept struct {
	AsOf        time.Time `json:"asOf"`
	Case, Group struct {
		Opened time.Time `json:"opened"`
	}
}

// last is the record on file; its zero value where there is none that can be read.
func last(path string) (k kept) {
	raw, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(raw, &k) != nil {
		return kept{}
	}
	return k
}

// follows reports whether it is a later record of the same case or group. A scenario that is played
// again has another.
func (k kept) follows(r message.Register) bool {
	opened, was := time.Time{}, k.Case.Opened
	if r.Group != nil {
		opened, was = r.Group.Opened, k.Group.Opened
	} else {
		opened = r.Case.Opened
	}
	return k.AsOf.After(r.Now) && was.Equal(opened)
}

// enter puts what is over into the register, and gives all that is in it up to there. Where the register lacks
// what was put there before, nothing is written, and the case keeps what it has.
func (a *Activities) enter(ctx context.Context, r message.Register, ref string, filed *message.Filed) (contents [][]byte, err error) {
	book := a.book(ref)
	head := headOf(r)
	if r.Part != nil {
		raw, err := r.Part.Content()
		if err != nil {
			return nil, err
		}
		filed.Digest, err = book.Append(ctx, r.Part.N, r.Part.Before, r.Now, raw)
		if errors.Is(err, register.ErrBehind) {
			filed.Behind = true
			return nil, nil
		}
		if err != nil || r.Unread {
			return nil, err
		}
		head = filed.Digest
	}
	contents, err = book.Read(ctx, head)
	if errors.Is(err, register.ErrBehind) {
		filed.Behind, err = true, nil
	}
	return contents, err
}

// book is the register of a reference: among the records, unless workers share another place.
func (a *Activities) book(ref string) register.Book {
	b := register.Named(a.Records, ref, a.Seal)
	if a.Shelf != nil {
		b.Shelf = a.Shelf
	}
	return b
}

// headOf is the digest that the register had when the case put something there last.
func headOf(r message.Register) string {
	if r.Group != nil {
		return r.Group.Past.Digest
	}
	return r.Case.Past.Digest
}

type file struct{ ending, content string }

// onFile is the record in all its forms, with what has left by now.
func onFile(r message.Register, contents [][]byte) ([]file, error) {
	var data []byte
	var page, text string
	var err, failed error
	if r.Group != nil {
		if r.Group, err = message.WholeGroup(r.Group, contents); err != nil {
			return nil, err
		}
		data, err = record.GroupJSON(r.Group, r.Now)
		page, failed = record.GroupHTML(r.Group, r.Now, record.Notices)
		text = record.GroupMarkdown(r.Group, r.Now, record.Notices)
	} else {
		if r.Case, err = message.Whole(r.Case, contents); err != nil {
			return nil, err
		}
		data, err = record.JSON(r.Case, r.Now)
		page, failed = record.HTML(r.Case, r.Now, record.Notices)
		text = record.Markdown(r.Case, r.Now, record.Notices)
	}
	return []file{{".json", string(data)}, {".md", text}, {".html", page}}, errors.Join(err, failed)
}
