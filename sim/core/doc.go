// Package core says what a transaction user is (RFC 3261 §5): what reaches
// it, as events, and what it wants done, as effects. Phones, proxies and
// registrars are cores; the World alone executes their effects.
package core
