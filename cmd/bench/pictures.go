package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"siplab/diagrams"
)

// registrations is a run of 32 messages: eight phones, one after the other.
func registrations() string {
	var text strings.Builder
	text.WriteString("net delay 20ms\nphones p 1..8 sip:p*@biloxi.example.com password zanzibar\nregistrar biloxi domain biloxi.example.com\n")
	for i := range 8 {
		fmt.Fprintf(&text, "at %ds p%d registers\n", i, i+1)
	}
	return text.String()
}

// siplab builds the command into dir and gives its path.
func siplab(dir string) (string, error) {
	program := filepath.Join(dir, "siplab")
	c := exec.Command("go", "build", "-o", program, "./cmd/siplab")
	c.Dir = "../.."
	if said, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("siplab does not build: %w\n%s", err, said)
	}
	return program, nil
}

// command is an entry that runs a whole process for each round.
func command(name, missing string, args ...string) entry {
	return entry{name: name, missing: missing, measure: func() (figure, error) {
		return whole(exec.Command(args[0], args[1:]...))
	}}
}

const mermaidPackages = "apt-get install chromium npm; PUPPETEER_SKIP_DOWNLOAD=1 npm install -g @mermaid-js/mermaid-cli"

// browser is how mermaid-cli starts Debian's browser in place of one of its own,
// which refuses its sandbox to root.
func browser() ([]byte, error) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		return []byte("{}"), nil
	}
	start := struct {
		Program string   `json:"executablePath"`
		Args    []string `json:"args,omitempty"`
	}{Program: program}
	if os.Geteuid() == 0 {
		start.Args = []string{"--no-sandbox"}
	}
	return json.Marshal(start)
}

func pictures(dir string) ([]contest, error) {
	program, err := siplab(dir)
	if err != nil {
		return nil, err
	}
	tr, err := ran(registrations())
	if err != nil {
		return nil, err
	}
	ladder := diagrams.NewLadder(tr, diagrams.Options{})
	start, err := browser()
	if err != nil {
		return nil, err
	}
	for name, text := range map[string]string{
		"browser.json": string(start), "run.siplab": registrations(), "run.dot": ladder.DOT(), "run.puml": ladder.PlantUML(), "run.mmd": ladder.Mermaid(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	return []contest{{
		title: "A ladder of 32 messages as SVG, from the start of a process to its end",
		entries: []entry{
			command("siplab, and the run itself", "", program, "run", at("run.siplab"), "-o", at("siplab.svg")),
			command("Graphviz dot", absent("dot", "apt-get install graphviz"), "dot", "-Tsvg", "-o", at("dot.svg"), at("run.dot")),
			command("PlantUML", absent("plantuml", "apt-get install plantuml"), "plantuml", "-tsvg", at("run.puml")),
			command("mermaid-cli", cmp.Or(absent("chromium", mermaidPackages), absent("mmdc", mermaidPackages)),
				"mmdc", "-q", "-p", at("browser.json"), "-i", at("run.mmd"), "-o", at("mermaid.svg")),
		},
		remarks: []string{
			"the same 32 messages in each one's language, as siplab writes them",
			"mermaid-cli's time is that of Node.js and of what ends before it of the browser that it starts",
			"siplab's drawing is true to time, with states, timers and verdicts; the others have the arrows in a row",
		},
	}, {
		title: "A ladder of 32 messages as SVG, in process",
		entries: []entry{inProcess("siplab", 50, func() error {
			if len(diagrams.NewLadder(tr, diagrams.Options{}).SVG()) == 0 {
				return fmt.Errorf("nothing drawn")
			}
			return nil
		})},
	}}, nil
}
