package activities

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"go.temporal.io/sdk/temporal"

	"holdthering/record"
	"holdthering/whole"
	"holdthering/workflows"
)

// fileName is what a case reference must be like to be the name of a file.
var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// KeepRecord writes the case to <records>/<reference>.json, .md and .html, in place of what
// was there; a surveillance group to <records>/group-<place>.json and so on. Each file is
// whole at every moment; the same case makes the same bytes.
func (a *Activities) KeepRecord(_ context.Context, r workflows.Register) error {
	ref := ""
	switch {
	case r.Case != nil:
		ref = r.Case.Ref
	case r.Group != nil:
		ref = workflows.GroupID(workflows.PlaceIn(r.Group.Place(), r.Scene))
	}
	if !fileName.MatchString(ref) {
		return temporal.NewNonRetryableApplicationError("there is no reference that can name a file",
			"NO_FILE_NAME", nil)
	}
	if err := os.MkdirAll(a.Records, 0o700); err != nil {
		return fmt.Errorf("keep record: %w", err)
	}
	files, err := onFile(r)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := whole.Replace(filepath.Join(a.Records, ref+f.ending), []byte(f.content), 0o600); err != nil {
			return fmt.Errorf("keep record: %w", err)
		}
	}
	return nil
}

type file struct{ ending, content string }

// onFile is the record in all its forms.
func onFile(r workflows.Register) ([]file, error) {
	var data []byte
	var page, text string
	var err, failed error
	if r.Group != nil {
		data, err = record.GroupJSON(r.Group, r.Now)
		page, failed = record.GroupHTML(r.Group, r.Now, record.Notices)
		text = record.GroupMarkdown(r.Group, r.Now, record.Notices)
	} else {
		data, err = record.JSON(r.Case, r.Now)
		page, failed = record.HTML(r.Case, r.Now, record.Notices)
		text = record.Markdown(r.Case, r.Now, record.Notices)
	}
	return []file{{".json", string(data)}, {".md", text}, {".html", page}}, errors.Join(err, failed)
}
