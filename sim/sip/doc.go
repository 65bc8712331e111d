// Package sip is a SIP message: its text and its parts, as RFC 3261 §7, §20 and
// §25 define them.
//
//	var m sip.Message
//	err := m.Parse("OPTIONS sip:bob@biloxi.com SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n")
//	m.Method           // "OPTIONS"
//	m.CSeq().Seq       // 1
//	m.Check(nil)       // every problem: no Via, no From, no To, no Call-ID
//	m.String()         // the same bytes again
//
// Two stages. Framing (Parse; a Framer for streams) finds the start line, the
// header field rows and the body, and refuses only what cannot be represented.
// Checking (Check) lists everything that is wrong, with its place, the section
// and the status that a server owes for it. So a message can be looked at,
// shown and printed back, however broken.
//
// A Message keeps its rows in order. What was parsed and not changed prints its
// own bytes: compact names, folding and odd spaces come back. Its texts are
// substrings of the text that was parsed, and a Message used again allocates
// nothing (a folded row does: its Value is a new string, without the folds).
//
// Header names that siplab knows are constants (NameVia): the long form, the
// compact form and every case are one Name. Get, Values and Lookup read values;
// Via, From, To, CSeq and others read them as types (ParseVia, ParseNameAddr,
// ParseAuth and others do so for any value).
//
// Request and Response begin a message; Add, Prepend, Set, CopyFrom and SetBody
// build it. Each field has an Origin: why it is there. No value can begin a new
// row: a CR or LF in it becomes a space.
//
// Dictionary says of each header who writes it, who reads it, and what breaks
// without it. Visible makes any text safe to show.
//
// Not here: Encryption, Hide and Response-Key, which RFC 3261 took out, are
// names like any other unknown one; of an SDP body only the frame is checked.
package sip
