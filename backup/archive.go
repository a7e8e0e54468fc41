package backup

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"holdthering/seal"
	"holdthering/whole"
)

// Format is the number of the archive's layout.
const Format = 1

// The names in an archive.
const (
	Database  = "temporal.db"
	Records   = "records"
	Outbox    = "outbox"
	Directory = "directory.csv"
	Templates = "templates"
	manifest  = "manifest.json"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format int `json:"format"`
	// Taken is a moment before which all is in it.
	Taken    time.Time `json:"taken"`
	Database string    `json:"database"` // "sqlite" or "postgresql"
	Files    []File    `json:"files"`
}

// File is one of an archive.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Part is a file or a folder that goes into the archive under a name; one that is not there is
// passed over.
type Part struct{ Name, Path string }

// packing is an archive that is being written.
type packing struct {
	tar      *tar.Writer
	manifest Manifest
	key      fs.FileInfo // nil where there is none
	left     []string
}

// Pack writes an archive of the parts, in their order. It leaves out the file of the key, and
// every other that holds one, and names them.
func Pack(w io.Writer, taken time.Time, database, keyFile string, parts ...Part) (m Manifest, leftOut []string, err error) {
	zipped := gzip.NewWriter(w)
	p := packing{tar: tar.NewWriter(zipped),
		manifest: Manifest{Format: Format, Taken: taken.UTC(), Database: database, Files: []File{}}}
	if keyFile != "" {
		p.key, _ = os.Stat(keyFile) // not there: then it is in no part either
	}
	for _, part := range parts {
		if err := p.part(part); err != nil {
			return p.manifest, p.left, err
		}
	}
	text, err := json.MarshalIndent(p.manifest, "", "  ")
	if err != nil {
		return p.manifest, p.left, err
	}
	if err := p.put(manifest, 0o600, int64(len(text)), strings.NewReader(string(text))); err != nil {
		return p.manifest, p.left, err
	}
	return p.manifest, p.left, errors.Join(p.tar.Close(), zipped.Close())
}

func (p *packing) part(part Part) error {
	err := filepath.WalkDir(part.Path, func(at string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // never there, or replaced since the folder was read
		case err != nil:
			return err
		case strings.HasPrefix(e.Name(), whole.Unfinished):
			return nil
		case !e.Type().IsRegular():
			return nil
		}
		rest, err := filepath.Rel(part.Path, at)
		if err != nil {
			return err
		}
		return p.file(path.Join(part.Name, filepath.ToSlash(rest)), at)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", part.Path, err)
	}
	return nil
}

func (p *packing) file(name, at string) error {
	file, err := os.Open(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if p.key != nil && os.SameFile(p.key, info) || holdsKey(at, info.Size()) {
		p.left = append(p.left, at)
		return nil
	}
	sum := sha256.New()
	if err := p.put(name, info.Mode().Perm(), info.Size(), io.TeeReader(file, sum)); err != nil {
		return err
	}
	p.manifest.Files = append(p.manifest.Files,
		File{Name: name, Size: info.Size(), SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// holdsKey reports whether a file is one of keys, whatever it is called.
func holdsKey(at string, size int64) bool {
	if size == 0 || size > 16<<10 {
		return false
	}
	keys, err := seal.Read(at)
	return err == nil && len(keys) > 0
}

func (p *packing) put(name string, mode fs.FileMode, size int64, from io.Reader) error {
	h := &tar.Header{Name: name, Mode: int64(mode), Size: size, Typeflag: tar.TypeReg, ModTime: p.manifest.Taken}
	if err := p.tar.WriteHeader(h); err != nil {
		return err
	}
	n, err := io.CopyN(p.tar, from, size)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%s has become shorter while it was read: %d of %d bytes", name, n, size)
	}
	return err
}
