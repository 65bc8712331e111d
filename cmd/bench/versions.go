package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// machine is what this run runs on.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, GOGC %s\nload average at the start: %s",
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), cmp.Or(os.Getenv("GOGC"), strconv.Itoa(gcPercent)), load())
}

func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}

// packaged are the peers that come as Debian packages.
var packaged = []string{"libsofia-sip-ua0", "sip-tester", "libns3-dev", "graphviz", "plantuml", "chromium", "gcc"}

// versions are those of all peers that are here.
func versions() string {
	list := []string{"sipgo " + module("github.com/emiago/sipgo")}
	for _, name := range packaged {
		if v, err := exec.Command("dpkg-query", "--show", "--showformat=${Version}", name).Output(); err == nil && len(v) > 0 {
			list = append(list, name+" "+string(v))
		}
	}
	if v, err := exec.Command("mmdc", "--version").Output(); err == nil {
		list = append(list, "mermaid-cli "+strings.TrimSpace(string(v)))
	}
	return strings.Join(list, ", ")
}

func module(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "of unknown version"
}

// absent says what installs a program that is not here, "" where it is.
func absent(program, install string) string {
	if _, err := exec.LookPath(program); err != nil {
		return install
	}
	return ""
}
