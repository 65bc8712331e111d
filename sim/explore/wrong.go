package explore

import "siplab/sim/trace"

// wrong is what went wrong in this run, one sentence each: what the undisturbed
// run has and this one has not, and what must not be in any run.
func (r *Row) wrong(base *Row) []string {
	all := []string{}
	for i := range r.Users {
		all = append(all, r.Users[i].wrong()...)
	}
	r.ofUsers = len(all)
	for i := range r.Ends {
		all = append(all, wrongEnd(&r.Ends[i], base.end(r.Ends[i].About))...)
	}
	for i := range base.Ends {
		if about := base.Ends[i].About; r.end(about) == nil {
			all = append(all, "nothing comes of "+about)
		}
	}
	for _, b := range r.Broken {
		all = append(all, "the law "+b.Law+" is broken: "+b.Text)
	}
	if r.End.Why != base.End.Why || r.End.Why == trace.Failed {
		all = append(all, "the run ends otherwise ("+r.End.Why+"): "+r.End.Text)
	}
	for _, held := range r.End.Held {
		all = append(all, held+" is held to the end: no other packet passes it")
	}
	return all
}

// WrongAtEnd are the sentences of WentWrong but those about what users were
// told, which Users has.
func (r *Row) WrongAtEnd() []string { return r.WentWrong[r.ofUsers:] }

func (u *User) wrong() []string {
	var all []string
	for i := range u.Missed {
		all = append(all, u.Host+" is never told: "+u.Missed[i].what())
	}
	for i := range u.Told {
		if t := &u.Told[i]; t.New {
			all = append(all, u.Host+" is told: "+t.what()+", at "+short(t.At))
		}
	}
	return all
}
