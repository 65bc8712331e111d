package netem_test

import (
	"fmt"
	"net/netip"
	"time"

	"siplab/netem"
)

// Alice asks again each half second until Bob has heard her, on a link that
// loses every other packet.
func Example() {
	net := netem.New(1)
	alice, bob := netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.2:5060")
	conditions, err := netem.ParseConditions("delay 20ms 5ms distribution normal loss 50%")
	if err != nil {
		fmt.Println(err)
		return
	}
	net.Host("alice", alice.Addr())
	net.Host("bob", bob.Addr())
	net.Default(conditions)

	ask := func() {
		for _, fate := range net.Send(alice, bob, "are you there?", nil) {
			fmt.Printf("%v: packet %d: %v\n", net.Now(), fate.Packet.N, fate.Kind)
		}
		net.Wake(net.Now()+500*time.Millisecond, 0)
	}
	ask()
	for {
		event, _ := net.Next()
		if event.Kind == netem.Arrival {
			fmt.Println("bob heard packet", event.Packet.N)
			break
		}
		ask()
	}
	fmt.Printf("%+v\n", net.Counts())
	// Output:
	// 0s: packet 1: lose
	// 500ms: packet 2: lose
	// 1s: packet 3: deliver
	// bob heard packet 3
	// {Sent:3 Duplicated:0 Arrived:1 Lost:2 InFlight:0 Held:0}
}

func ExampleParseConditions() {
	_, err := netem.ParseConditions("delay 20ms los 5%")
	fmt.Println(err)
	// Output: column 12: "los" is no condition; one of: delay, loss, duplicate, reorder, corrupt, rate, limit; did you mean loss?
}
