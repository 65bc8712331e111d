// Package whole writes files whole or not at all.
package whole

import (
	"bufio"
	"io"
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
// new one, never half of either.
func Write(name string, make func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".siplab-*")
	if err != nil {
		return err
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
		err = os.Rename(f.Name(), name)
	}
	return err
}
