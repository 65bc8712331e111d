package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// report is a fault and who noticed it.
type report struct{ fault, by string }

func run(out io.Writer, which []string) error {
	var missed int
	for _, part := range []struct {
		name string
		find func() ([]report, error)
	}{{"machines", machines}, {"sources", elements}} {
		if len(which) > 0 && !slices.Contains(which, part.name) {
			continue
		}
		list, err := part.find()
		if err != nil {
			return err
		}
		for _, r := range list {
			by := r.by
			if why := harmless[r.fault]; by == "" && why != "" {
				by = "no fault: " + why
			} else if by == "" {
				by = "NOBODY"
				missed++
			}
			fmt.Fprintf(out, "%s\n    %s\n", r.fault, by)
		}
		fmt.Fprintf(out, "%s: %d faults\n", part.name, len(list))
	}
	if missed > 0 {
		return fmt.Errorf("nobody noticed %d faults", missed)
	}
	return nil
}

// machines tries the faults in tables.
func machines() ([]report, error) {
	obstacles, err := course()
	if err != nil {
		return nil, err
	}
	dir, err := root()
	if err != nil {
		return nil, err
	}
	edges, err := drawn(dir)
	if err != nil {
		return nil, err
	}
	all := tables()
	return each(len(all), func(i int) (report, error) {
		for k := range obstacles {
			by, err := obstacles[k].meets(all[i])
			if err != nil || by != "" {
				return report{all[i].name, by}, err
			}
		}
		by := ""
		if edges.notice(all[i].m) {
			by = "./sim/transaction TestRowsAndFiguresSayTheSame"
		}
		return report{all[i].name, by}, nil
	})
}

// elements tries the faults in sources.
func elements() ([]report, error) {
	dir, err := root()
	if err != nil {
		return nil, err
	}
	all := sources()
	return each(len(all), func(i int) (report, error) {
		room, err := os.MkdirTemp("", "mutants")
		if err != nil {
			return report{}, err
		}
		defer os.RemoveAll(room)
		by, err := all[i].noticed(dir, room)
		return report{all[i].name, by}, err
	})
}

// each does n things on all processors, with the results in order.
func each(n int, do func(i int) (report, error)) ([]report, error) {
	list, errs := make([]report, n), make([]error, n)
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				list[i], errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
	return list, errors.Join(errs...)
}
