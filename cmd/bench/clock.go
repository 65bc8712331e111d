package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// spent is the CPU time of this process so far, user and system.
func spent() (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}

// here measures n operations in this process. What was thrown away before is
// collected first, so that nobody pays for the contender before.
func here(n int, work func() error) (figure, error) {
	runtime.GC()
	began := time.Now()
	before, err := spent()
	if err != nil {
		return figure{}, err
	}
	if err := work(); err != nil {
		return figure{}, err
	}
	after, err := spent()
	each := time.Duration(n)
	return figure{cpu: (after - before) / each, wall: time.Since(began) / each}, err
}

// inProcess is an entry of this process: n times op a round.
func inProcess(name string, n int, op func() error) entry {
	return entry{name: name, measure: func() (figure, error) {
		return here(n, func() error {
			for range n {
				if err := op(); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}

// whole runs a process from its start to its end, and takes all that it and its
// own children used.
func whole(c *exec.Cmd) (figure, error) {
	var said bytes.Buffer
	c.Stderr = &said
	began := time.Now()
	if err := c.Run(); err != nil {
		return figure{}, fmt.Errorf("%s: %w\n%s", c.Path, err, said.Bytes())
	}
	return figure{cpu: used(c), wall: time.Since(began)}, nil
}

// used is the CPU time of a process that has ended, and of its children.
func used(c *exec.Cmd) time.Duration { return c.ProcessState.UserTime() + c.ProcessState.SystemTime() }
