// Package offer is the offer/answer model of RFC 3264 in the messages of SIP:
// which message carries an offer and which its answer (RFC 3261 §13.2.1 and
// §14, RFC 3262 §5, RFC 3311 §5), and where media may flow after it.
//
// A Session belongs to one dialog. The user agent gives it every message of the
// dialog, and it does the rest:
//
//	s := offer.New(settings)
//	s.Offer(invite)        // puts an offer into a request; without it, the peer offers
//	step := s.Send(m)      // before sending: puts in the offer or answer that m owes
//	step := s.Receive(m)   // Refuse: the 488, 491 or 500 that m is owed
//	s.Hold(); s.Resume(); s.MoveTo(addr)   // the wish of the next offer
//	s.Flows()              // in which directions media may flow here, now
//
// The exchange is a machine of rows (Machine): one offer at a time. A Direction
// is a set of what a side does not do, so that an answer is the offer seen from
// the other side, joined with the own wish.
//
// Session descriptions of the usual shape are known at a glance, and all others
// are read by pion/sdp. It refuses an m= line of a medium or transport that it
// does not know (image, udptl), and with it the whole description: the peer then
// gets 488, where RFC 3264 would let the one stream be refused.
//
// An element between the two that takes the media itself gives a description
// other addresses by Readdress.
//
// Not here: media itself, RTCP, ICE, security of media, bandwidth, a=fmtp and
// a=ptime; multicast streams are refused; a stream is not removed by this side.
package offer
