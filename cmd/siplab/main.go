// Command siplab runs SIP scenarios and lessons on a simulated network and
// shows what happened.
//
// A file is a command, called as it is, with what it alone needs: explore and
// explore_show, sweep and sweep_part. One way leads through all of them, and
// each part of it has a file:
//
//	main       the commands, and where they read and write
//	arguments  what stands behind a command, and what completes it
//	source     what a name means: a lesson, a scenario; what flags change in it
//	capture    what a name means else: a capture
//	run        a name to a trace, and a trace to what is written of it
//	picture    flags that say what a ladder shows
//	tasks      what lessons ask, and the marks of who solved it
//	output     -o and --format: a result whole or not at all
//	pace       how far a long work is
//	text       words and numbers as people and shells read them
//	errors     exit codes, and what is wrong in two lines
package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// A run keeps its whole trace and makes little that lives long, so collecting
// less often costs memory and saves time.
const gcPercent = 400

// run is the command with its surroundings as arguments. It returns the exit
// code: 0 done, 1 a check failed, 2 bad usage or input.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	root := newRoot(&streams{in: in, out: out, errs: errs})
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.Execute()
	if err != nil {
		report(errs, err)
	}
	return exitCode(err)
}

// streams are where a command reads and writes.
type streams struct {
	in        io.Reader
	out, errs io.Writer
	folder    string                                       // where names of files begin; "": where the command was started
	take      func(name, format string, data []byte) error // takes what a command gives; nil: it is printed, or written to a file
}

// columns is how wide the terminal is that is written to; 0: it is none.
func (s *streams) columns() int {
	if f, ok := s.out.(*os.File); ok {
		if wide, _, err := term.GetSize(f.Fd()); err == nil {
			return wide
		}
	}
	return 0
}

// path is where a file lies that was named.
func (s *streams) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.folder, name)
}

func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "siplab",
		Short: "SIP on a network that obeys: run it, lose packets, see what repairs them",
		Long: strings.TrimSpace(`
siplab runs simulated phones and registrars on a simulated network. They
exchange real SIP messages and run the real state machines; each run is drawn
as a ladder and told in words. The same scenario and seed give the same bytes.`),
		Example: strings.Trim(`
  siplab learn                                            the course, from where you stopped
  siplab run register                                     a phone's first registration
  siplab run register --fault "lose 1st REGISTER from bob"  what repairs a lost packet
  siplab help scenario                                    the language of scenarios
`, "\n"),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(badFlag)
	for _, add := range []func(*streams) *cobra.Command{
		runCommand, whyCommand, askCommand, statesCommand, timersCommand, behavioursCommand,
		exploreCommand, sweepCommand, mergeCommand,
		messageCommand, referenceCommand, lessonsCommand, checkCommand, loseEachCommand, learnCommand,
		quizCommand, playCommand, goalCommand, examCommand, newCommand, handoutCommand, docsCommand, networkCommand,
	} {
		root.AddCommand(add(s))
	}
	root.AddCommand(topics()...)
	root.SuggestionsMinimumDistance = 2
	root.InitDefaultHelpCmd()
	help, _, _ := root.Find([]string{"help"})
	help.Args = noSuchTopic
	return root
}

// noSuchCommand names the nearest command where there is none of that name.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	return &badInput{
		what: fmt.Sprintf("there is no command %q", args[0]),
		hint: cmp.Or(didYouMean(args[0], names), c.CommandPath()+" --help lists the commands"),
	}
}

// noSuchTopic says of what help was asked for that is no command and no topic.
func noSuchTopic(c *cobra.Command, args []string) error {
	if at, rest, err := c.Root().Find(args); err == nil && at.HasSubCommands() {
		return noSuchCommand(at, rest)
	}
	return nil
}
