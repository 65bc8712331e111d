package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/whole"
)

// output is where a command's result goes: standard output, or a file that is
// written whole or not at all.
type output struct {
	file   string
	format string
}

// formats by the ending of a file's name.
var formatOf = map[string]string{
	".txt": "text", ".svg": "svg", ".png": "png", ".html": "html", ".json": "json", ".jsonl": "json", ".md": "markdown", ".csv": "csv",
	".mmd": "mermaid", ".puml": "plantuml", ".dot": "dot", ".pcapng": "pcapng",
}

// endingOf is the ending of files of a format.
func endingOf(format string) string {
	for _, ending := range slices.Sorted(maps.Keys(formatOf)) {
		if formatOf[ending] == format {
			return ending
		}
	}
	return ".txt" // ascii
}

// flags gives a command -o and --format.
func (o *output) flags(c *cobra.Command, known string) {
	c.Flags().StringVarP(&o.file, "output", "o", "", "write to this file, whole or not at all; its ending says the format")
	c.Flags().StringVar(&o.format, "format", "", known)
}

// settle decides the format: the flag's, else the one that the ending of the
// file means, else the first that the command knows.
func (o *output) settle(known []string) error {
	if o.format != "" {
		return oneOf("--format", o.format, known)
	}
	o.format = known[0]
	if o.file == "" {
		return nil
	}
	ending := strings.ToLower(filepath.Ext(o.file))
	format, ok := formatOf[ending]
	if !ok || oneOf("", format, known) != nil {
		return &badInput{
			what: "-o " + o.file + ": no format of this command ends in " + cmp.Or(ending, "nothing"),
			hint: "say it with --format: " + list(known),
		}
	}
	o.format = format
	return nil
}

// write writes the result whole or not at all: what fails halfway leaves no
// half of a file, nor of a page on the screen.
func (o *output) write(s *streams, make func(io.Writer) error) error {
	if o.file != "" && s.take == nil {
		return whole.Write(o.file, make)
	}
	var b bytes.Buffer
	if err := make(&b); err != nil {
		return err
	}
	if s.take != nil {
		return s.take(o.file, o.format, b.Bytes())
	}
	_, err := s.out.Write(b.Bytes())
	return err
}

// writeJSON writes a value as people read it too.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// writePNG writes a picture as PNG.
func writePNG(w io.Writer, picture interface{ PNG() ([]byte, error) }) error {
	png, err := picture.PNG()
	if err != nil {
		return &badInput{what: err.Error()}
	}
	_, err = w.Write(png)
	return err
}
