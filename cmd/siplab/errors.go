package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"siplab/sim/sip"
	"siplab/sim/words"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitBad    = 2
)

// errFailed says that a check failed, and that what was wrong has been
// printed.
var errFailed = errors.New("a check failed")

// badInput is bad usage or bad input: what is wrong and where, and what would
// be right.
type badInput struct{ what, hint string }

func (b *badInput) Error() string { return b.what }

func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFailed):
		return exitFailed
	}
	return exitBad
}

// report prints an error: one line what and where, one line hint. What came
// from outside is made visible first.
func report(w io.Writer, err error) {
	if errors.Is(err, errFailed) {
		return
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintln(w, "siplab: "+sip.Visible(line))
	}
	var bad *badInput
	if errors.As(err, &bad) && bad.hint != "" {
		fmt.Fprintln(w, "  "+sip.Visible(bad.hint))
	}
}

// badFlag is what cobra finds wrong with a flag, with the nearest flag.
func badFlag(c *cobra.Command, err error) error {
	hint := c.CommandPath() + " --help lists the flags"
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := words.Nearest(unknown.GetSpecifiedName(), names); near != "" {
			hint = "did you mean --" + near + "?"
		}
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		f := wrong.GetFlag()
		want := map[string]string{"uint64": "a whole number", "int": "a whole number", "bool": "true or false", "duration": "a time"}[f.Value.Type()]
		return &badInput{what: fmt.Sprintf("--%s: %q is not %s", f.Name, wrong.GetValue(), cmp.Or(want, "a value for it")), hint: hint}
	}
	return &badInput{what: err.Error(), hint: hint}
}

// didYouMean is the hint for a word that is nearly one of those; "" where none
// is near.
func didYouMean(word string, of []string) string {
	if near := words.Nearest(word, of); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// oneOf checks a word of a flag against those that it may be.
func oneOf(flag, word string, of []string) error {
	if slices.Contains(of, word) {
		return nil
	}
	return &badInput{
		what: fmt.Sprintf("%s: %q is none of %s", flag, word, list(of)),
		hint: didYouMean(word, of),
	}
}
