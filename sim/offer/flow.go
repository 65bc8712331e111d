package offer

// Flow says in which directions media may flow at one side.
type Flow struct{ Send, Receive bool }

// String is the flow in the words of SDP.
func (f Flow) String() string {
	d := Inactive
	if f.Send {
		d &^= RecvOnly
	}
	if f.Receive {
		d &^= SendOnly
	}
	return d.String()
}

// Flows tells in which directions media may flow at this side now, over all
// streams together.
func (s *Session) Flows() Flow {
	var all Flow
	for i := range s.Streams() {
		f := s.Stream(i)
		all.Send, all.Receive = all.Send || f.Send, all.Receive || f.Receive
	}
	return all
}

// Streams counts the m= lines of the session.
func (s *Session) Streams() int {
	if s.local == nil || s.remote == nil {
		return 0
	}
	return min(len(s.local.Media), len(s.remote.Media))
}

// Stream tells in which directions media may flow in one m= line, counted from
// 0: a side may send what it is marked to send and the other to receive, where
// neither has put the port to zero, and not to the address 0.0.0.0.
func (s *Session) Stream(i int) Flow {
	a, b := &s.local.Media[i], &s.remote.Media[i]
	if !a.Live() || !b.Live() {
		return Flow{}
	}
	d := a.marked().And(b.marked().Reverse())
	return Flow{Send: d.Sends(), Receive: d.Receives()}
}
