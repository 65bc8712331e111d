package offer

// Direction is in which directions one side marks a stream (RFC 3264 §5.1).
// The zero Direction is sendrecv, as an absent attribute is.
type Direction uint8

// The directions. Each bit takes one away, so that two wishes join by or.
const (
	SendRecv Direction = 0
	SendOnly Direction = 1 // does not receive
	RecvOnly Direction = 2 // does not send
	Inactive Direction = SendOnly | RecvOnly
)

var directions = [...]string{"sendrecv", "sendonly", "recvonly", "inactive"}

// String is the attribute of SDP.
func (d Direction) String() string { return directions[d&Inactive] }

// Sends says whether this side sends.
func (d Direction) Sends() bool { return d&RecvOnly == 0 }

// Receives says whether this side receives.
func (d Direction) Receives() bool { return d&SendOnly == 0 }

// Reverse is the direction as the other side sees it.
func (d Direction) Reverse() Direction { return d&SendOnly<<1 | d&RecvOnly>>1 }

// And is what both d and e leave.
func (d Direction) And(e Direction) Direction { return d | e }

// Answer is the direction of the answer to a stream offered as d, by a side
// that wants wish: never more than the offer leaves (RFC 3264 §6.1).
func (d Direction) Answer(wish Direction) Direction { return d.Reverse().And(wish) }

// parseDirection reads an attribute's name.
func parseDirection(name string) (Direction, bool) {
	for d, text := range directions {
		if text == name {
			return Direction(d), true
		}
	}
	return SendRecv, false
}
