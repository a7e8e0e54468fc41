package server

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// CopyDatabase writes the database of the embedded server as it stands at one moment into a new
// file, also while the server runs.
func CopyDatabase(ctx context.Context, from, to string, progress io.Writer) error {
	binary, err := Ensure(ctx, progress)
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, binary, "database", "copy", "--db-filename", from, "--to", to).CombinedOutput()
	if err != nil {
		return fmt.Errorf("copy the database: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
