package main

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// peers are the programs for peers that are libraries in C and C++, and the
// scenarios of SIPp.
//
//go:embed peers
var peers embed.FS

// unpack writes a file of peers into dir.
func unpack(dir, name string) (string, error) {
	text, err := peers.ReadFile("peers/" + name)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, name)
	return file, os.WriteFile(file, text, 0o600)
}

// peer is a program that was built against a library of the system. Each line
// that it prints is a word and nanoseconds of CPU an operation.
type peer struct {
	program string
	missing string // what would have to be installed
}

// build compiles a program of peers, where compiler and library are here.
func build(dir, source, compiler, library, install string) (peer, error) {
	for _, needed := range []string{compiler, "pkg-config"} {
		if _, err := exec.LookPath(needed); err != nil {
			return peer{missing: install}, nil
		}
	}
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", library).Output()
	if err != nil {
		return peer{missing: install}, nil
	}
	file, err := unpack(dir, source)
	if err != nil {
		return peer{}, err
	}
	program := strings.TrimSuffix(file, filepath.Ext(file))
	args := append([]string{"-O2", "-o", program, file}, strings.Fields(string(flags))...)
	if said, err := exec.Command(compiler, args...).CombinedOutput(); err != nil {
		return peer{missing: fmt.Sprintf("%s; %s says: %s", install, compiler, strings.TrimSpace(string(said)))}, nil
	}
	return peer{program: program}, nil
}

// entry is the line of the program's output that begins with word.
func (p peer) entry(name, word string, args ...string) entry {
	return entry{name: name, missing: p.missing, measure: func() (figure, error) {
		said, err := exec.Command(p.program, args...).Output()
		if err != nil {
			return figure{}, err
		}
		for line := range strings.Lines(string(said)) {
			if f := strings.Fields(line); len(f) == 2 && f[0] == word {
				ns, err := strconv.ParseFloat(f[1], 64)
				return figure{cpu: time.Duration(ns)}, err
			}
		}
		return figure{}, fmt.Errorf("%s says nothing of %s: %q", p.program, word, said)
	}}
}
