package main

// process holds siplab against its own bounds as a program: a start, a lesson's
// run, its ladder as text.
func process(dir string) ([]contest, error) {
	program, err := siplab(dir)
	if err != nil {
		return nil, err
	}
	return []contest{{
		title: "siplab run register, the whole process: to be at most 20 ms of wall time, and 20 MiB resident",
		entries: []entry{
			weighed("siplab run register", program, "run", "register"),
			weighed("siplab help", program, "help"),
		},
	}}, nil
}
