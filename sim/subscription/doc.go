// Package subscription is what two user agents have when one asked the other
// to be told of events (RFC 6665): a subscription, as each of them sees it.
//
// The subscriber follows the figure of §4.1.2, the notifier that of §4.2.2;
// both are tables of package fsm, from which their pictures are drawn. A
// Table holds the subscriptions of one user agent: of one SUBSCRIBE there may
// be several at the subscriber, one for each notifier that it reached (§4.1.4),
// and several may share a dialog, told apart by their Event.
//
// Event and State are the values of the header fields Event and
// Subscription-State. Package is an event package as far as siplab knows it:
// its name and the type of its bodies, which nobody reads.
//
// The dialog of a subscription is package dialog's; messages and timers are
// the user agent's, which tells a subscription what it sends and receives.
//
// What is missing: template packages other than by their name (§5.2), partial
// state (§5.3.2), throttling (§5.4.10), and authorization by authentication
// (§4.2.1.3): whoever subscribes is who the From says.
package subscription
