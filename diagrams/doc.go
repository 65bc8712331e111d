// Package diagrams draws what a trace tells.
//
// A [Ladder] is the picture of a run in the manner of RFC 5407: a lifeline for
// each host, arrows that leave when the packet was sent and arrive when it
// arrived, a cross where a packet died, the states of dialogs and transactions
// in the margins, how media may flow, and breaks where nothing happened. It is
// read from the trace once; a layout in whole cells and rows measures the
// labels, then the columns, then time; the back-ends (text, ASCII, SVG,
// PNG, HTML, DOT) draw that one layout. Mermaid and PlantUML cannot place
// things: for them a ladder is told as one thing after the other. [Story] tells
// the same run in words, and [Why] the chain of causes behind one message.
//
// [Machine] draws a state machine from its rows. The places of its states come
// from Graphviz at go generate (package internal/layout), so that nothing here
// links Graphviz.
//
// [Network] is the map of a run: hosts, links and their conditions. The maps of
// the course are laid out by Graphviz too; another has a fixed layout in which
// nothing lies on anything else.
//
// The same trace gives the same bytes: no clock, no measured font, no date.
// Texts that come from messages are shown with their control characters
// escaped, so that no picture can steer a terminal or a browser.
//
// TCP segments are drawn below the messages where they are asked for.
package diagrams
