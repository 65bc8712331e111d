package main

const (
	absorbed = "a row that does nothing and a message without a row come to the same"
	unused   = "no element of these runs does that to its transaction; the same fault is planted in the source, where the tests of sim/transaction meet it"
)

// harmless are the changes that change nothing that a run could show, each with
// the reason.
var harmless = map[string]string{
	"non-invite-client: Completed, 200-699: left out":                          absorbed,
	"non-invite-client: Timer E in Proceeding: runs over TCP too":              "it lives on from Trying, and does not run there",
	"invite-server: Confirmed, ACK: left out":                                  absorbed,
	"non-invite-server: Trying, request: left out":                             absorbed,
	"non-invite-server: Completed, 200-699 from TU: left out":                  absorbed,
	"non-invite-server: Completed, 200-699 from TU: ends":                      unused,
	"invite-server: Completed, Timer H: no no ACK to TU":                       unused,
	"non-invite-server: Proceeding, 100 from TU: left out":                     unused,
	"non-invite-server: Proceeding, 100 from TU: ends":                         unused,
	"non-invite-server: Proceeding, 100 from TU: no send response":             unused,
	"non-invite-server: Proceeding, transport error: left out":                 unused,
	"non-invite-server: Proceeding, transport error: ends":                     unused,
	"non-invite-server: Proceeding, transport error: no transport error to TU": unused,
	"non-invite-server: Completed, transport error: left out":                  unused,
	"non-invite-server: Completed, transport error: ends":                      unused,
	"non-invite-server: Completed, transport error: no transport error to TU":  unused,
}
