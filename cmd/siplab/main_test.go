package main

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"siplab": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as its users do.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": exitsWith,
			"crlf": crlf,
			"cut":  cut,
		},
	})
}

// exitsWith runs a command and holds it to an exit code: code 2 siplab run …
func exitsWith(ts *testscript.TestScript, _ bool, args []string) {
	want := args[0]
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.String()[len("exit status "):]
	}
	if got != want {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
}

// crlf gives the lines of a file the line ends of SIP.
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := strings.ReplaceAll(ts.ReadFile(name), "\n", "\r\n")
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o600))
	}
}

// cut leaves of a file its first bytes: cut FILE 1500.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

// TestTheCommandIsLight holds what is linked into the command: no layout
// engine, which would cost 30 ms and 20 MB at every start.
func TestTheCommandIsLight(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "siplab/sim\n")
	for _, heavy := range []string{"go-graphviz", "wazero", "net/http", "stretchr/testify"} {
		require.False(t, strings.Contains(string(out), heavy), "the command links %s", heavy)
	}
}

// TestTheREADMEIsWhatSiplabGives holds the runs that the first page shows. CI
// holds the index of the course too. They are drawn anew by: go run
// ./cmd/siplab docs README.md lessons/README.md
func TestTheREADMEIsWhatSiplabGives(t *testing.T) {
	var out, errs strings.Builder
	code := run([]string{"docs", "--check", "../../README.md"}, strings.NewReader(""), &out, &errs)
	require.Zero(t, code, "go run ./cmd/siplab docs README.md\n%s%s", errs.String(), out.String())
}
