package textfile

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Fault says why a file is not read.
type Fault struct {
	Name   string // of the file, as the person gave it
	Line   int    // from 1; 0 when the whole file is meant
	Reason string
	// TooLarge: more than may be read is there, and none of it was looked at.
	TooLarge bool
}

func (f *Fault) Error() string {
	switch {
	case f.Name == "" && f.Line == 0:
		return f.Reason
	case f.Name == "":
		return fmt.Sprintf("line %d: %s", f.Line, f.Reason)
	case f.Line == 0:
		return f.Name + ": " + f.Reason
	}
	return fmt.Sprintf("%s:%d: %s", f.Name, f.Line, f.Reason)
}

// Read reads the file at path, of limit bytes at most. Of a device or a pipe no more is taken
// than that either. The error is a *Fault, or what the system says of the file.
func Read(path string, limit int) (string, error) {
	raw, err := Bytes(path, limit)
	if err != nil {
		return "", err
	}
	return Decode(path, raw)
}

// Bytes reads a file as it stands, of limit bytes at most.
func Bytes(path string, limit int) ([]byte, error) {
	how := os.O_RDONLY
	info, err := os.Stat(path)
	if err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		how |= syscall.O_NONBLOCK // else opening it waits for somebody to write, and no Ctrl-C ends that
	}
	file, err := os.OpenFile(path, how, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := bounded(file, path, limit)
	if err == nil && len(raw) == 0 && how != os.O_RDONLY {
		return nil, &Fault{Name: path, Reason: "it is a pipe, and nobody writes into it"}
	}
	return raw, err
}

// ReadIn reads a file of a folder, of limit bytes at most.
func ReadIn(folder fs.FS, name string, limit int) (string, error) {
	file, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return From(file, name, limit)
}

// From reads what a stream holds, of limit bytes at most; name is what errors call it.
func From(r io.Reader, name string, limit int) (string, error) {
	raw, err := bounded(r, name, limit)
	if err != nil {
		return "", err
	}
	return Decode(name, raw)
}

func bounded(r io.Reader, name string, limit int) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > limit {
		return nil, &Fault{Name: name, TooLarge: true,
			Reason: "it is too large: " + size(limit) + " at most are read"}
	}
	return raw, nil
}

func size(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
