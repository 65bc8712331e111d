package transport

import (
	"net/netip"

	"siplab/sim/sip"
)

// Peer is the far end of a connection. §18: "These connections are indexed by
// the tuple formed from the address, port, and transport protocol at the far
// end of the connection."
type Peer struct {
	At netip.AddrPort
	By Protocol
}

// Connections are the open connections of one element, of whatever kind its
// owner has, by their far end.
type Connections[C comparable] struct{ to map[Peer]C }

// Find is the connection to a peer. §18.1.1: "If a request is destined to an IP
// address, port, and transport to which an existing connection is open, it is
// RECOMMENDED that this connection be used to send the request".
func (c *Connections[C]) Find(p Peer) (C, bool) {
	found, ok := c.to[p]
	return found, ok
}

// Add takes in a connection: one that was opened under its destination, one
// that came under its source.
func (c *Connections[C]) Add(p Peer, conn C) {
	if c.to == nil {
		c.to = make(map[Peer]C)
	}
	c.to[p] = conn
}

// Remove takes out a connection, unless another has its place.
func (c *Connections[C]) Remove(p Peer, conn C) {
	if c.to[p] == conn {
		delete(c.to, p)
	}
}

// Clear takes out all.
func (c *Connections[C]) Clear() { clear(c.to) }

// ConnectionTarget is where a connection for the response to a request with
// this topmost Via is opened once the one that the request came by is gone.
// §18.2.2: "If that connection is no longer open, the server SHOULD open a
// connection to the IP address in the "received" parameter, if present, using
// the port in the "sent-by" value, or the default port for that transport, if
// no port is specified." False where there is no address to go to.
func ConnectionTarget(via sip.Via) (netip.AddrPort, bool) {
	by, _ := ParseProtocol(via.Transport)
	host, port := via.Host, via.Port
	if port == 0 {
		port = int(by.DefaultPort())
	}
	if received := via.Received(); received != "" {
		host = received
	}
	addr, ok := parseAddr(host)
	if !ok || port < 0 || port > 65535 {
		return netip.AddrPort{}, false
	}
	return netip.AddrPortFrom(addr, uint16(port)), true
}
