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
	"path/filepath"
	"slices"

	"holdthering/whole"
)

// largestManifest is in bytes; one of ten thousand mails has a megabyte and a half.
const largestManifest = 256 << 20

// Unpack writes what is in an archive into an empty folder, and looks at every byte. On an error
// what it has written is of no use.
func Unpack(r io.Reader, dir string) (Manifest, error) {
	m, err := unpack(r, dir)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, gzip.ErrChecksum) {
		err = errors.New("the archive was cut short, or has been damaged")
	}
	return m, err
}

func unpack(r io.Reader, dir string) (Manifest, error) {
	zipped, err := gzip.NewReader(r)
	if err != nil {
		return Manifest{}, fmt.Errorf("this is no backup: %w", err)
	}
	var found []File
	for in := tar.NewReader(zipped); ; {
		h, err := in.Next()
		if err != nil {
			return Manifest{}, err // also at the end: the manifest is to come before
		}
		if h.Name == manifest {
			m, err := readManifest(in)
			if err == nil {
				err = m.check(found)
			}
			if err == nil {
				_, err = io.Copy(io.Discard, zipped) // its own checksum stands at the end
			}
			return m, err
		}
		f, err := unpackFile(h, in, dir)
		if err != nil {
			return Manifest{}, err
		}
		found = append(found, f)
	}
}

func unpackFile(h *tar.Header, in io.Reader, dir string) (File, error) {
	name := filepath.FromSlash(h.Name)
	if h.Typeflag != tar.TypeReg || !filepath.IsLocal(name) {
		return File{}, fmt.Errorf("%q does not belong into a backup", h.Name)
	}
	at := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return File{}, err
	}
	sum := sha256.New()
	mode := fs.FileMode(0o600)
	if h.Mode&0o100 != 0 {
		mode = 0o700
	}
	if err := whole.ReplaceFrom(at, io.TeeReader(in, sum), mode); err != nil {
		return File{}, err
	}
	return File{Name: h.Name, Size: h.Size, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

func readManifest(in io.Reader) (Manifest, error) {
	var m Manifest
	raw, err := io.ReadAll(io.LimitReader(in, largestManifest))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%s: %w", manifest, err)
	}
	if m.Format != Format || m.Taken.IsZero() {
		return m, fmt.Errorf("the backup has format %d; this program reads %d", m.Format, Format)
	}
	return m, nil
}

// check compares what is there with what the manifest says.
func (m Manifest) check(found []File) error {
	for _, f := range m.Files {
		if !slices.Contains(found, f) {
			return fmt.Errorf("%s is not as it was when the backup was taken", f.Name)
		}
	}
	if len(found) != len(m.Files) {
		return errors.New("there are other files in the backup than its manifest says")
	}
	return nil
}
