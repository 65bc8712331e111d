// Package whole writes files whole or not at all.
package whole

import (
	"bufio"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile makes a file of these bytes, as Write does.
func WriteFile(name string, data []byte) error {
	return Write(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Write lets make write into a new file beside the old one and renames it. Where
// make fails, or the process is killed meanwhile, there is the old file or the
// new one, never half of either. An error names the file that was asked for.
func Write(name string, make func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".siplab-*")
	if err != nil {
		return named(name, err)
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriter(f)
	if err = make(w); err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = named(name, os.Rename(f.Name(), name))
	}
	return err
}

// named is an error of the file system about another name than the user's.
func named(name string, err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return &fs.PathError{Op: "write", Path: name, Err: e.Err}
	case *os.LinkError:
		return &fs.PathError{Op: "write", Path: name, Err: e.Err}
	}
	return err
}
