package register

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"holdthering/whole"
)

// Folder has a file for each register. Programs that share one take turns by whole.InTurn: whoever writes there
// writes other files too.
type Folder string

// Where is the file.
func (f Folder) Where(ref string) string { return filepath.Join(string(f), ref+Ending) }

// Hold reads the file, and writes after its last whole line.
func (f Folder) Hold(_ context.Context, ref string, do func(Pages) error) error {
	all, end, _, err := read(f.Where(ref))
	if err != nil {
		return err
	}
	return do(&filePages{f.Where(ref), all, end})
}

// All reads the file.
func (f Folder) All(_ context.Context, ref string) ([]Part, int64, error) { return parts(f.Where(ref)) }

func parts(path string) (all []Part, torn int64, err error) {
	all, _, torn, err = read(path)
	return all, torn, err
}

// filePages are a file and where its last whole line ends.
type filePages struct {
	path string
	all  []Part
	end  int64
}

func (f *filePages) Has(digest string) (bool, error) {
	for _, p := range f.all {
		if p.Digest == digest {
			return true, nil
		}
	}
	return false, nil
}

func (f *filePages) After(before string) (out []Part, err error) {
	for _, p := range f.all {
		if p.Before == before {
			out = append(out, p)
		}
	}
	return out, nil
}

// Add writes a line at the end of the last whole one. What a program that was killed has left after it is part
// of nothing.
func (f *filePages) Add(p Part) (err error) {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	fresh := f.end == 0
	file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := file.Truncate(f.end); err != nil {
		return err
	}
	if _, err := file.WriteAt(append(line, '\n'), f.end); err != nil {
		return errors.Join(err, file.Truncate(f.end))
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if fresh {
		return whole.Sync(filepath.Dir(f.path))
	}
	return nil
}

// read reads a file up to the end of its last whole line. A line that is none is an error but at the end.
func read(path string) (out []Part, end, torn int64, err error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, 0, nil
	}
	if err != nil {
		return nil, 0, 0, err
	}
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '\n')
		if i < 0 {
			return out, end, int64(len(raw)), nil
		}
		var p Part
		if err := json.Unmarshal(raw[:i], &p); err != nil {
			return nil, 0, 0, fmt.Errorf("line %d of %s is broken: %w", len(out)+1, path, err)
		}
		out, end, raw = append(out, p), end+int64(i)+1, raw[i+1:]
	}
	return out, end, 0, nil
}
