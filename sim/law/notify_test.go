package law

import "testing"

// watched is a SUBSCRIBE of alice at bob, and his NOTIFY.
func watched() []step {
	return []step{
		{name: "SUBSCRIBE", from: alice, to: bob, sends: 1, has: 1, raw: text("SUBSCRIBE sip:bob@192.0.2.2", "a1", "1", "1 SUBSCRIBE",
			"Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>", "Event: presence")},
		{name: "200", from: bob, to: alice, sends: 1, has: 1, raw: text("200", "a1", "1 b", "1 SUBSCRIBE", "Contact: <sip:bob@192.0.2.2>", "Expires: 60")},
		{name: "NOTIFY", from: bob, to: alice, sends: 2, has: 2, raw: text("NOTIFY sip:alice@192.0.2.1", "b1", "b 1", "1 NOTIFY",
			"Max-Forwards: 70", "Contact: <sip:bob@192.0.2.2>", "Event: presence", "Subscription-State: active;expires=60")},
		{name: "fine", from: alice, to: bob, sends: 2, has: 2, raw: text("200", "b1", "b 1", "1 NOTIFY", "Contact: <sip:alice@192.0.2.1>")},
	}
}

func TestLawsOfSubscriptions(t *testing.T) {
	hold(t, []claim{
		{"notify", "a 200 and a NOTIFY", "", watched()},
		{"notify", "a 200, and no NOTIFY", "bob answers a SUBSCRIBE with a 2xx and sends no NOTIFY", without(watched(), "NOTIFY", "fine")},
		{"notify", "a refusal owes none", "", change(without(watched(), "NOTIFY", "fine"), "200", "2.0 200", "2.0 489")},
		{"notify", "a 2xx that says that there is no subscription", "", change(without(watched(), "NOTIFY", "fine"), "200", "Expires: 60", "Refer-Sub: false")},
		{"notify", "a NOTIFY that does not say for how long", `a NOTIFY says "active", and not for how long`, change(watched(), "NOTIFY", ";expires=60", "")},
		{"notify", "the last one need not", "", change(watched(), "NOTIFY", "active;expires=60", "terminated;reason=timeout")},
	})
}
