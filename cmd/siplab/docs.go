package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/manual"
	"siplab/cmd/siplab/internal/whole"
	"siplab/sim/sip"
	"siplab/sim/words"
)

func docsCommand(s *streams) *cobra.Command {
	check := false
	c := &cobra.Command{
		Use:   "docs FILE...",
		Short: "Draw the pictures and blocks of a manual in Markdown anew, in place",
		Long: `Write beneath each comment <!-- siplab: COMMAND --> of a Markdown file what the
command prints, as a fenced block; a table in Markdown stands there as it is,
and a file that the command names with -o is written beside the page. A fenced
block of kind siplab is a scenario: its ladder stands beneath it, and what
follows the kind are flags of siplab run. Names of files begin at the page's
folder. Where anything is wrong, no file is touched.`,
		Example: `  siplab docs manual/*.md
  siplab docs --check README.md     # exit 1 and a diff where something is not what siplab gives

  <!-- siplab: run rfc5407-3.1.2 --format mermaid -->
  <!-- siplab: lose-each register --format markdown -->
  <!-- siplab: run rfc3665-3.1 -o pictures/call.svg -->`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &badInput{what: "docs needs a Markdown file", hint: "siplab docs README.md"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			d := docs{streams: s, made: make(map[string]string)}
			if err := d.pages(args); err != nil {
				return err
			}
			if check {
				return d.check()
			}
			return d.write()
		},
	}
	c.Flags().BoolVar(&check, "check", false, "write nothing: exit 1 and print a diff where a file is not what siplab gives")
	return c
}

// docs are the files that some pages ask for, the pages among them.
type docs struct {
	*streams
	names []string // in the order of the pages
	made  map[string]string
}

// pages makes all files of all pages, and says all that is wrong.
func (d *docs) pages(names []string) error {
	var all []error
	for _, name := range names {
		if err := d.page(name); err != nil {
			all = append(all, err)
		}
	}
	return errors.Join(all...)
}

func (d *docs) page(name string) error {
	text, err := readSource(d.streams, name)
	if err != nil {
		return err
	}
	page, err := manual.Read(string(text))
	if err == nil {
		var filled string
		if filled, err = page.Fill(func(spot *manual.Spot) (*manual.Shown, error) { return d.show(name, spot) }); err == nil {
			err = d.file(name, filled)
		}
	}
	var wrong words.Errors
	if errors.As(err, &wrong) {
		return wrong.In(name)
	}
	return err
}

// file keeps what a file should hold.
func (d *docs) file(name, text string) error {
	name = filepath.Clean(name)
	if _, twice := d.made[name]; twice {
		return words.Errors{{Text: sip.Visible(name) + " is written twice", Want: "a file of its own for each"}}
	}
	d.names, d.made[name] = append(d.names, name), text
	return nil
}

// shows are the commands that print something for a manual.
var shows = []string{"run", "why", "ask", "states", "network", "timers", "behaviours", "message", "reference", "lessons", "lose-each", "explore"}

// show runs a command in the folder of its page.
func (d *docs) show(page string, spot *manual.Spot) (*manual.Shown, error) {
	var args []string
	if spot.Fenced {
		args = []string{"run", "-"}
	} else if w := spot.Args[0]; !slices.Contains(shows, w.Text) {
		return nil, words.Errors{words.Unknown(w, "command of a manual", shows)}
	}
	for _, w := range spot.Args {
		args = append(args, w.Text)
	}
	var out bytes.Buffer
	got := result{page: page, docs: d}
	s := &streams{in: strings.NewReader(spot.Scenario), out: &out, errs: io.Discard, folder: filepath.Dir(page), take: got.take}
	root := newRoot(s)
	root.SetArgs(args)
	root.SetOut(s.out)
	root.SetErr(s.errs)
	if err := root.Execute(); err != nil {
		return nil, onOneLine(err)
	}
	if got.filed {
		return nil, nil
	}
	got.text += out.String()
	return got.shown()
}

// onOneLine is an error of a command as an error of a page, which has one line.
func onOneLine(err error) error {
	var wrong words.Errors
	if errors.As(err, &wrong) {
		return wrong
	}
	e := &words.Error{Text: strings.ReplaceAll(err.Error(), "\n", "; ")}
	var bad *badInput
	if errors.As(err, &bad) {
		e.Want = bad.hint
	}
	return words.Errors{e}
}

// result is what a command of a page gave.
type result struct {
	page   string
	docs   *docs
	text   string
	format string
	filed  bool
}

// take takes what the command would print or write into a file.
func (r *result) take(name, format string, data []byte) error {
	r.format = format
	if name == "" {
		r.text += string(data)
		return nil
	}
	if !filepath.IsLocal(name) {
		return &badInput{what: "-o " + name + " leads out of the page's folder", hint: "a name in it: pictures/race.svg"}
	}
	r.filed = true
	return r.docs.file(filepath.Join(filepath.Dir(r.page), name), string(data))
}

func (r *result) shown() (*manual.Shown, error) {
	switch r.format {
	case "markdown":
		return &manual.Shown{Text: r.text}, nil
	case "", "text", "ascii":
		return &manual.Shown{Text: r.text, Kind: "text"}, nil
	}
	if !slices.Contains(manual.Kinds, r.format) {
		return nil, words.Errors{{Text: r.format + " cannot stand in Markdown", Want: "-o and the name of a file"}}
	}
	return &manual.Shown{Text: r.text, Kind: r.format}, nil
}

// write writes the files that are not yet what they should be.
func (d *docs) write() error {
	for _, name := range d.names {
		if old, err := os.ReadFile(name); err == nil && string(old) == d.made[name] {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return missing(name, err)
		}
		if err := whole.WriteFile(name, []byte(d.made[name])); err != nil {
			return missing(name, err)
		}
		fmt.Fprintf(d.out, "%s: drawn anew\n", sip.Visible(name))
	}
	return nil
}

// check prints how the files differ from what they should be.
func (d *docs) check() error {
	stale := 0
	for _, name := range d.names {
		old, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return missing(name, err)
		}
		if err == nil && string(old) == d.made[name] {
			continue
		}
		stale++
		d.differ(name, old)
	}
	if stale == 0 {
		return nil
	}
	fmt.Fprintf(d.errs, "siplab: %d of %d files are not what siplab gives; siplab docs without --check writes them\n", stale, len(d.names))
	return errFailed
}

// differ prints how a file differs from what it should be.
func (d *docs) differ(name string, old []byte) {
	if !utf8.ValidString(d.made[name]) {
		fmt.Fprintf(d.out, "%s differs\n", sip.Visible(name)) // a picture in bytes
		return
	}
	for line := range strings.Lines(string(diff.Diff(name, old, name+" as siplab gives it", []byte(d.made[name])))) {
		fmt.Fprintln(d.out, sip.Visible(strings.TrimSuffix(line, "\n")))
	}
}
