package exam

import (
	"fmt"

	"siplab/netem"
	"siplab/sim"
	"siplab/sim/scenario"
)

// sheet is what a paper is made of: a scenario, and how hard it is looked at.
type sheet struct {
	title string
	taps  [2]string // where one may look, in any order
	users []string  // who is asked about
	lost  int       // how many packets are lost
	lines string
}

// sheets are the papers before the faults, in the order of their spite.
var sheets = []sheet{
	{"A registration", [2]string{"bob", "biloxi"}, []string{"bob"}, 1, `
phone bob sip:bob@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
at 0s bob registers
`},
	{"A call between two phones", [2]string{"alice", "bob"}, []string{"alice", "bob"}, 1, `
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
at 3s bob answers
at 7s bob hangs up
`},
	{"A call that is given up, by a proxy", [2]string{"alice", "ss1"}, []string{"alice", "bob"}, 1, `
phone alice sip:alice@atlanta.example.com
proxy ss1 domain biloxi.example.com
phone bob sip:bob@biloxi.example.com
route at ss1 for sip:bob@biloxi.example.com to sip:bob@192.0.2.3
at 0s alice calls bob
at 4s alice cancels
`},
	{"A call by two proxies", [2]string{"ss1", "bob"}, []string{"alice", "bob"}, 1, twoProxies},
	{"Another call by two proxies", [2]string{"ss2", "alice"}, []string{"alice", "bob"}, 2, twoProxies},
}

const twoProxies = `
phone alice sip:alice@atlanta.example.com outbound sip:ss1.atlanta.example.com;lr
proxy ss1 domain atlanta.example.com name ss1.atlanta.example.com
proxy ss2 domain biloxi.example.com name ss2.biloxi.example.com
phone bob sip:bob@biloxi.example.com
route at ss2 for sip:bob@biloxi.example.com to sip:bob@192.0.2.4
at 0s alice calls bob
at 3s bob answers
at 7s alice hangs up
`

// scenario is the sheet's, on links of a delay that chance chooses. On slow ones
// an answer takes longer than T1, so that packets come twice and none is lost.
func (s *sheet) scenario(chance *netem.Chance, slow bool) (*sim.Scenario, error) {
	delay := 10 * (1 + chance.N(6))
	if slow {
		delay = 260 + 10*chance.N(5)
	}
	return scenario.Parse("", fmt.Sprintf("title %s\nnet delay %dms\n%s", s.title, delay, s.lines))
}
