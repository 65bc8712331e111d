package main

import (
	"os"
	"path/filepath"
	"strings"

	"siplab/sim/fsm"
	"siplab/sim/transaction"
)

// figures are the edges that the standard draws, as sim/transaction/testdata has
// them: machine, state and event, and what comes of it.
type figures map[string]string

// drawn are the edges on which the sound tables and the figures agree:
// TestRowsAndFiguresSayTheSame of sim/transaction fails where one of them
// changes.
func drawn(dir string) (figures, error) {
	text, err := os.ReadFile(filepath.Join(dir, "sim/transaction/testdata/figures.txt"))
	if err != nil {
		return nil, err
	}
	edges, machine := figures{}, ""
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		switch words := strings.Fields(line); {
		case len(f) == 4:
			edges[machine+" | "+f[0]+" | "+f[1]] = f[2] + " | " + f[3]
		case len(words) > 2 && words[0] == "figure":
			machine = words[2]
		}
	}
	agreed := figures{}
	for _, m := range transaction.Machines() {
		for k, row := range rows(m) {
			if edges[k] == row {
				agreed[k] = row
			}
		}
	}
	return agreed, nil
}

// rows are the edges of a table, in the words of the figures, which name no kind
// of bad news.
func rows(m *fsm.Machine) figures {
	all := figures{}
	news := strings.NewReplacer("timeout to TU", "inform TU", "transport error to TU", "inform TU", "no ACK to TU", "inform TU")
	for _, r := range m.Rows() {
		state := "-"
		if r.State != nil {
			state = *r.State
		}
		do := news.Replace(strings.Join(r.Action, ", "))
		if do == "" {
			do = "-"
		}
		all[r.Machine+" | "+state+" | "+r.Event] = do + " | " + r.Next
	}
	return all
}

// notice says whether a table leaves an edge of its figure.
func (f figures) notice(m *fsm.Machine) bool {
	own := rows(m)
	for k, row := range f {
		if strings.HasPrefix(k, m.Name+" | ") && own[k] != row {
			return true
		}
	}
	return false
}
