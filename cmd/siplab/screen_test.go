package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/creack/pty"
)

// terminal is the far side of a pseudo-terminal, with what stands on its screen:
// as much of ECMA-48 as the player's output needs, each sign one cell wide.
type terminal struct {
	*os.File
	mu       sync.Mutex
	cells    [][]rune
	row, col int
	left     []byte // of a sequence that has not ended
}

func newTerminal(f *os.File, size pty.Winsize) *terminal {
	s := &terminal{File: f, cells: make([][]rune, size.Rows)}
	for i := range s.cells {
		s.cells[i] = []rune(strings.Repeat(" ", int(size.Cols)))
	}
	return s
}

func (s *terminal) read() { _, _ = io.Copy(writerFunc(s.take), s.File) }

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// text is what stands on the screen.
func (s *terminal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	for _, row := range s.cells {
		b.WriteString(strings.TrimRight(string(row), " ") + "\n")
	}
	return b.String()
}

func (s *terminal) take(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest := append(s.left, b...)
	for len(rest) > 0 {
		n := s.one(rest)
		if n == 0 {
			break
		}
		rest = rest[n:]
	}
	s.left = append([]byte(nil), rest...)
	return len(b), nil
}

// one takes a sign or a sequence, and says how long it is; 0: it has not ended.
func (s *terminal) one(b []byte) int {
	switch {
	case b[0] == 0x1b:
		return s.escape(b)
	case b[0] < ' ':
		s.control(b[0])
		return 1
	case !utf8.FullRune(b):
		return 0
	}
	r, n := utf8.DecodeRune(b)
	s.print(r)
	return n
}

func (s *terminal) control(c byte) {
	switch c {
	case '\r':
		s.col = 0
	case '\n':
		s.row++
	case '\b':
		s.col--
	case '\t':
		s.col = (s.col/8 + 1) * 8
	}
	s.within()
}

func (s *terminal) print(r rune) {
	if s.col >= len(s.cells[0]) {
		s.col, s.row = 0, s.row+1
	}
	s.row = min(s.row, len(s.cells)-1)
	s.cells[s.row][s.col] = r
	s.col++
}

func (s *terminal) within() {
	s.row = max(0, min(s.row, len(s.cells)-1))
	s.col = max(0, min(s.col, len(s.cells[0])))
}

// escape takes a control sequence, a string that ends in BEL or ST, or two
// signs.
func (s *terminal) escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '[':
		for i := 2; i < len(b); i++ {
			if b[i] >= 0x40 {
				s.sequence(string(b[2:i]), b[i])
				return i + 1
			}
		}
		return 0
	case ']', 'P', '_', '^':
		for i := 2; i < len(b); i++ {
			if b[i] == 7 || b[i] == '\\' && b[i-1] == 0x1b {
				return i + 1
			}
		}
		return 0
	}
	return 2
}

func (s *terminal) sequence(params string, final byte) {
	if params != "" && params[0] > '9' {
		return // a mode of the terminal's own
	}
	first, second, _ := strings.Cut(params, ";")
	n := number(first, 1)
	switch final {
	case 'A':
		s.row -= n
	case 'B':
		s.row += n
	case 'C':
		s.col += n
	case 'D':
		s.col -= n
	case 'G':
		s.col = n - 1
	case 'd':
		s.row = n - 1
	case 'H':
		s.row, s.col = n-1, number(second, 1)-1
	case 'X':
		s.erase(s.row, s.col, s.col+n)
	case 'K':
		s.eraseLine(number(first, 0))
	case 'J':
		s.eraseScreen(number(first, 0))
	case 'b':
		for last := s.cells[s.row][max(0, s.col-1)]; n > 0; n-- {
			s.print(last)
		}
	case 'P':
		row := s.cells[s.row]
		copy(row[s.col:], row[min(s.col+n, len(row)):])
		s.erase(s.row, len(row)-n, len(row))
	case '@':
		row := s.cells[s.row]
		copy(row[min(s.col+n, len(row)):], row[s.col:])
		s.erase(s.row, s.col, s.col+n)
	}
	s.within()
}

func number(s string, none int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return none
}

func (s *terminal) erase(row, from, to int) {
	for i := max(0, from); i < min(to, len(s.cells[row])); i++ {
		s.cells[row][i] = ' '
	}
}

func (s *terminal) eraseLine(what int) {
	switch what {
	case 0:
		s.erase(s.row, s.col, len(s.cells[0]))
	case 1:
		s.erase(s.row, 0, s.col+1)
	case 2:
		s.erase(s.row, 0, len(s.cells[0]))
	}
}

func (s *terminal) eraseScreen(what int) {
	for row := range s.cells {
		if what == 2 || what == 0 && row > s.row || what == 1 && row < s.row {
			s.erase(row, 0, len(s.cells[0]))
		}
	}
	s.eraseLine(what)
}
