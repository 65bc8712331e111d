package sip

// Limits bound what is read from the outside. What is over a limit is refused
// with a Problem, never cut short. Parse looks at the first three; Check at the
// others, as Parse can keep such a message and print it back.
type Limits struct {
	Message int // bytes of one datagram
	Stream  int // bytes of one message of a stream
	Fields  int // header field rows
	Vias    int // values of Via
	Routes  int // values of Route, Record-Route, Path and their kin
	Params  int // parameters of one value
}

// DefaultLimits hold for a Message whose Limits are nil.
var DefaultLimits = Limits{
	Message: 64 << 10,
	Stream:  256 << 10,
	Fields:  256,
	Vias:    100,
	Routes:  64,
	Params:  64,
}

func (m *Message) limits() *Limits {
	if m.Limits != nil {
		return m.Limits
	}
	return &DefaultLimits
}
