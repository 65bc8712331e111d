package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim"
	"siplab/sim/transaction"
	"siplab/sim/words"
)

// option is a setting of a host: a word and mostly a value. Each knows how to
// print what it reads.
type option struct {
	word  string
	value string // the slot after the word; "" for none
	means string
	many  bool // may be said more than once
	read  func(*words.Line, *sim.Host) error
	print func(*sim.Host) []string // the values to print, each after the word
}

func (o option) usage() string {
	if o.value == "" {
		return o.word
	}
	return o.word + " " + o.value
}

// textOption is a setting that is a word or a text in quotes.
func textOption(word, value, means string, field func(*sim.Host) *string) option {
	return option{
		word: word, value: value, means: means,
		read: func(l *words.Line, h *sim.Host) error {
			w, err := l.Next("the " + word + " itself")
			if err == nil && w.Text == "" {
				err = &words.Error{Col: w.Col, Text: "an empty " + word, Want: "leave it out, or say what it is"}
			}
			*field(h) = w.Text
			return err
		},
		print: func(h *sim.Host) []string {
			if *field(h) == "" {
				return nil
			}
			return []string{words.Print(*field(h))}
		},
	}
}

func timeOption(word, means string, field func(*sim.Host) *time.Duration) option {
	return option{
		word: word, value: "TIME", means: means,
		read: func(l *words.Line, h *sim.Host) (err error) {
			*field(h), err = lasting(l, "a time, such as 1m")
			return err
		},
		print: func(h *sim.Host) []string {
			if *field(h) == 0 {
				return nil
			}
			return []string{words.FormatDuration(*field(h))}
		},
	}
}

func flagOption(word, means string, field func(*sim.Host) *bool) option {
	return option{
		word: word, means: means,
		read: func(_ *words.Line, h *sim.Host) error {
			*field(h) = true
			return nil
		},
		print: func(h *sim.Host) []string {
			if !*field(h) {
				return nil
			}
			return []string{""}
		},
	}
}

// numberOption is a setting that is a whole number above 0.
func numberOption(word, means string, such int, field func(*sim.Host) *int) option {
	return option{
		word: word, value: "NUMBER", means: means,
		read: func(l *words.Line, h *sim.Host) (err error) {
			*field(h), err = positive(l, fmt.Sprintf("a whole number, such as %d", such), 16)
			return err
		},
		print: func(h *sim.Host) []string {
			if *field(h) == 0 {
				return nil
			}
			return []string{strconv.Itoa(*field(h))}
		},
	}
}

// domainsOption says one of the domains that lead to the host.
func domainsOption(means string, field func(*sim.Host) *[]string) option {
	return option{
		word: "domain", value: "DOMAIN", means: means + "; may be said more than once", many: true,
		read: func(l *words.Line, h *sim.Host) error {
			w, err := l.Next("the domain, such as biloxi.example.com")
			*field(h) = append(*field(h), w.Text)
			return err
		},
		print: func(h *sim.Host) (out []string) {
			for _, d := range *field(h) {
				out = append(out, words.Print(d))
			}
			return out
		},
	}
}

// choiceOption is a setting that is one of a few words.
func choiceOption(word, means string, of []string, field func(*sim.Host) *string) option {
	return option{
		word: word, value: strings.Join(of, "|"), means: means,
		read: func(l *words.Line, h *sim.Host) error {
			w, err := l.Expect("value of "+word, of...)
			*field(h) = w.Text
			return err
		},
		print: func(h *sim.Host) []string {
			if *field(h) == "" {
				return nil
			}
			return []string{*field(h)}
		},
	}
}

// bugOption switches on one of the faults that the element or its transactions
// can have.
func bugOption(field func(*sim.Host) *[]string) option {
	return option{
		word: "bug", value: "NAME", means: "one fault of a real stack, see below; may be said more than once", many: true,
		read: func(l *words.Line, h *sim.Host) error {
			w, err := l.Next("the name of the bug")
			if err != nil {
				return err
			}
			var names []string
			for _, b := range h.Element.Bugs() {
				if w.Is(b.Name) {
					*field(h) = append(*field(h), b.Name)
					return nil
				}
				names = append(names, b.Name)
			}
			for _, b := range transaction.Bugs() {
				if w.Is(b.Name) {
					h.Bugs = append(h.Bugs, b)
					return nil
				}
				names = append(names, b.Name)
			}
			return words.Unknown(w, "bug of a "+h.Element.Kind(), names)
		},
		print: func(h *sim.Host) []string {
			names := slices.Clone(*field(h))
			for _, b := range h.Bugs {
				names = append(names, b.Name)
			}
			return names
		},
	}
}

// after is the word that follows a fixed one.
func after(l *words.Line, fixed, want string) (words.Word, error) {
	if _, err := l.Expect("word here", fixed); err != nil {
		return words.Word{}, err
	}
	return l.Next(want)
}
