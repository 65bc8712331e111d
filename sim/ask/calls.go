package ask

// callForms ask about dialogs, media and what the ends believe.
var callForms = []Form{
	{
		Usage: "dialogs at HOST [at TIME]", Means: "How many dialogs a host has, early or confirmed, at a time or at the end.",
		Example: "dialogs at alice", Gives: Type{Of: Number}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			return number(dialogs(upTo(r.Trace, r.until(a[1])), r.FindHost(a[0].word.Text))), nil
		},
	},
	{
		Usage: "media between HOST and HOST [at TIME]", Means: "How media may flow as the first of them sees it, at a time or at the end: sendrecv, sendonly, recvonly or inactive.",
		Example: "media between alice and bob at 3s", Gives: Type{Of: Text}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			for _, f := range flows(upTo(r.Trace, r.until(a[2]))) {
				if f.host == a[0].word.Text && f.with == a[1].word.Text {
					return text(f.direction), nil
				}
			}
			return Value{}, nil
		},
	},
	{
		Usage: "what HOST believes [at TIME]", Means: "What a host takes to be so of each registration, call, session and subscription, at a time or at the end.",
		Example: "what alice believes", Gives: Type{Of: Text, Many: true}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			for _, s := range Ends(r.Trace, r.until(a[1])) {
				for _, b := range s.Beliefs {
					if b.Host == a[0].word.Text {
						vs = append(vs, text(s.About+": "+b.Says))
					}
				}
			}
			return list(vs), nil
		},
	},
	{
		Usage: "do the ends agree [at TIME]", Means: "Whether both ends of each registration, call, session and subscription agree, at a time or at the end; none where there is none.",
		Example: "do the ends agree", Gives: Type{Of: Truth}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			all := Ends(r.Trace, r.until(a[0]))
			if len(all) == 0 {
				return Value{}, nil
			}
			return truth(agree(all)), nil
		},
	},
	{
		Usage: "where the ends disagree [at TIME]", Means: "On what they disagree, and what each says, at a time or at the end.",
		Example: "where the ends disagree", Gives: Type{Of: Text, Many: true}, About: aboutEnds,
		answer: func(r *run, a []arg) (Value, error) {
			var vs []Value
			for _, s := range Ends(r.Trace, r.until(a[0])) {
				if !s.Agree {
					vs = append(vs, text(s.About+": "+s.String()))
				}
			}
			return list(vs), nil
		},
	},
}
