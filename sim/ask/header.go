package ask

import (
	"siplab/sim/trace"
)

// headerForms ask what stands in a message.
var headerForms = []Form{
	{
		Usage: "header HEADER of PACKETS", Means: "The first value of a header field in the first of them.",
		Example: "header CSeq of 2nd REGISTER", Gives: Type{Of: Text}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) { return first(values(r.first(a[1].choice), a[0])), nil },
	},
	{
		Usage: "values of HEADER in PACKETS", Means: "All values of a header field in the first of them, in their order.",
		Example: "values of Via in 1st REGISTER", Gives: Type{Of: Text, Many: true}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) { return list(values(r.first(a[1].choice), a[0])), nil },
	},
	{
		Usage: "number of HEADER in PACKETS", Means: "How many values of a header field stand in the first of them.",
		Example: "number of Authorization in 2nd REGISTER", Gives: Type{Of: Number}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) {
			e := r.first(a[1].choice)
			if e == nil {
				return Value{}, nil
			}
			return number(len(values(e, a[0]))), nil
		},
	},
	{
		Usage: "parameter PARAM of HEADER of PACKETS", Means: "A parameter of the first value of a header field, without its quotes.",
		Example: "parameter nonce of WWW-Authenticate of 1st 401", Gives: Type{Of: Text}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) {
			return param(r.first(a[2].choice), a[1], a[0]), nil
		},
	},
	{
		Usage: "same bytes PACKETS and PACKETS", Means: "Whether the first of each are the same message, byte by byte.",
		Example: "same bytes 1st REGISTER and 2nd REGISTER", Gives: Type{Of: Truth}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) {
			x, y := r.first(a[0].choice), r.first(a[1].choice)
			if x == nil || y == nil {
				return Value{}, nil
			}
			return truth(x.Packet.Raw == y.Packet.Raw), nil
		},
	},
	{
		Usage: "same header HEADER PACKETS and PACKETS", Means: "Whether a header field has the same values in the first of each.",
		Example: "same header Call-ID 1st REGISTER and 2nd REGISTER", Gives: Type{Of: Truth}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) {
			x, y := r.first(a[1].choice), r.first(a[2].choice)
			if x == nil || y == nil {
				return Value{}, nil
			}
			return truth(list(values(x, a[0])).Equal(list(values(y, a[0])))), nil
		},
	},
	{
		Usage: "same parameter PARAM of HEADER PACKETS and PACKETS", Means: "Whether a parameter of a header field's first value is the same in the first of each.",
		Example: "same parameter branch of Via 1st REGISTER and 2nd REGISTER", Gives: Type{Of: Truth}, About: aboutHeaders,
		answer: func(r *run, a []arg) (Value, error) {
			x, y := r.first(a[2].choice), r.first(a[3].choice)
			if x == nil || y == nil {
				return Value{}, nil
			}
			return truth(param(x, a[1], a[0]).Equal(param(y, a[1], a[0]))), nil
		},
	},
}

func param(e *trace.Event, header, name arg) Value {
	return parameter(first(values(e, header)), header.word.Text, name.word.Text)
}

func first(vs []Value) Value {
	if len(vs) == 0 {
		return Value{}
	}
	return vs[0]
}
