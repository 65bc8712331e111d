package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// weighing is the argument by which this program starts itself to weigh another.
const weighing = "weigh"

// weighed is an entry that runs a whole process for each round and asks for its
// memory too. A process is charged with the memory of the one that started it,
// so a fresh copy of this program starts it.
func weighed(name string, args ...string) entry {
	return entry{name: name, measure: func() (f figure, err error) {
		self, err := os.Executable()
		if err != nil {
			return f, err
		}
		said, err := exec.Command(self, append([]string{weighing}, args...)...).Output()
		if err != nil {
			return f, err
		}
		_, err = fmt.Sscan(string(said), &f.cpu, &f.wall, &f.resident)
		return f, err
	}}
}

// weigh is the other side of weighed.
func weigh(out io.Writer, args []string) error {
	c := exec.Command(args[0], args[1:]...)
	began := time.Now()
	if err := c.Run(); err != nil {
		return err
	}
	wall := time.Since(began)
	u := c.ProcessState.SysUsage().(*syscall.Rusage)
	_, err := fmt.Fprintln(out, int64(used(c)), int64(wall), u.Maxrss*1024)
	return err
}
