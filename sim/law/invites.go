package law

import "siplab/sim/trace"

// invites counts the INVITE transactions that run at each host. The zero invites
// is ready.
type invites struct {
	machine map[txn]string
	running map[carrier]int
}

// carrier is a host with one of the machines invite-client and invite-server.
type carrier struct {
	host    trace.HostID
	machine string
}

func (v *invites) event(e *trace.Event) {
	if e.Kind != trace.State || e.Txn == 0 || e.Name != "invite-client" && e.Name != "invite-server" {
		return
	}
	if v.machine == nil {
		v.machine, v.running = map[txn]string{}, map[carrier]int{}
	}
	_, runs := v.machine[txnOf(e)]
	switch {
	case e.To == "Terminated" && runs:
		delete(v.machine, txnOf(e))
		v.running[carrier{e.Host, e.Name}]--
	case e.To != "Terminated" && !runs:
		v.machine[txnOf(e)] = e.Name
		v.running[carrier{e.Host, e.Name}]++
	}
}

// run says whether one runs at a host.
func (v *invites) run(h trace.HostID, machine string) bool { return v.running[carrier{h, machine}] > 0 }
