package sip

import (
	"strconv"
	"strings"
)

// Problem is one thing wrong with a message or with a value of it. It is an
// error.
type Problem struct {
	Offset  int    `json:"offset"`            // bytes before the place, from 0
	Line    int    `json:"line,omitempty"`    // from 1; 0 where only a value was read
	Column  int    `json:"column"`            // in bytes, from 1
	Header  string `json:"header,omitempty"`  // name of the header field, "" for the start line and the body
	Section string `json:"section,omitempty"` // of the RFC: "RFC 3261 §20.16"
	Text    string `json:"text"`              // what is wrong
	Want    string `json:"want,omitempty"`    // what would be right; may be empty
	Status  int    `json:"status,omitempty"`  // the response that a server owes for it; 0: none
	Drop    bool   `json:"drop,omitempty"`    // the message is discarded and nobody is answered
}

// Error is place, header, what is wrong, what would be right and the section,
// in one line.
func (p *Problem) Error() string {
	var b strings.Builder
	if p.Line > 0 {
		b.WriteString("line " + strconv.Itoa(p.Line) + ", ")
	}
	b.WriteString("column " + strconv.Itoa(p.Column) + ": ")
	if p.Header != "" {
		b.WriteString(Visible(p.Header) + ": ")
	}
	b.WriteString(p.Text)
	if p.Want != "" {
		b.WriteString("; " + p.Want)
	}
	if p.Section != "" {
		b.WriteString(" (" + p.Section + ")")
	}
	return b.String()
}

// wrong is a problem at one place of a single value.
func wrong(at int, section, text, want string) *Problem {
	return &Problem{Offset: at, Column: at + 1, Section: section, Text: text, Want: want, Status: 400}
}
