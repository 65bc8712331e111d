package scenario

import (
	"siplab/sim"
	"siplab/sim/auth"
	"siplab/sim/words"
)

// algorithmsOption is for who asks for passwords.
func algorithmsOption(field func(*sim.Host) *[]auth.Algorithm) option {
	return option{
		word: "algorithms", value: "NAME...", means: "what it offers, the best first; else SHA-256 MD5",
		read: func(l *words.Line, h *sim.Host) error { return readAlgorithms(l, field(h)) },
		print: func(h *sim.Host) []string {
			if len(*field(h)) == 0 {
				return nil
			}
			text := ""
			for _, a := range *field(h) {
				text += " " + a.String()
			}
			return []string{text[1:]}
		},
	}
}

// readAlgorithms reads as many names as follow, at least one.
func readAlgorithms(l *words.Line, list *[]auth.Algorithm) error {
	for l.More() {
		a, ok := auth.ParseAlgorithm(l.Peek().Text)
		if !ok || l.Peek().Text == "" {
			break
		}
		*list = append(*list, a)
		l.At++
	}
	if len(*list) > 0 {
		return nil
	}
	w, err := l.Next("an algorithm, such as SHA-256")
	if err != nil {
		return err
	}
	return words.Unknown(w, "digest algorithm", algorithmNames())
}

func algorithmNames() []string {
	var out []string
	for a := auth.MD5; a <= auth.SHA512_256Sess; a++ {
		out = append(out, a.String())
	}
	return out
}
