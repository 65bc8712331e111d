// Package whole writes files whole or not at all.
package whole

import (
	"os"
	"path/filepath"
)

// WriteFile puts the bytes into a new file beside the old one and renames it: a
// process that is killed meanwhile leaves the old file or the new one, never
// half of either.
func WriteFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".siplab-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(data); err == nil {
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
