package dialog

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/fsm"
)

func TestBothTablesAreSound(t *testing.T) {
	for _, m := range Machines() {
		require.Empty(t, m.Check(), m.Name)
	}
}

// The edges of RFC 5407's figures, as drawn: from, event, to. An event of both
// directions stands twice.
var figures = map[string]string{
	"dialog-uac": `
		-, INVITE sent, Preparative
		-, 101-199 with a To tag received, Early
		-, 2xx received, Moratorium
		Preparative, 300-699 received, Morgue
		Preparative, 101-199 with a To tag received, Early
		Preparative, 2xx received, Moratorium
		Early, 300-699 received, Morgue
		Early, 2xx received, Moratorium
		Early, BYE sent, Mortal
		Moratorium, ACK sent, Established
		Moratorium, BYE sent, Mortal
		Moratorium, BYE received, Mortal
		Established, 2xx received, Established
		Established, ACK sent, Established
		Established, BYE sent, Mortal
		Established, BYE received, Mortal
		Mortal, 2xx received, Mortal
		Mortal, ACK sent, Mortal
		Mortal, BYE received, Mortal
		Mortal, BYE transaction over, Morgue`,
	"dialog-uas": `
		-, INVITE received, Preparative
		Preparative, 300-699 sent, Morgue
		Preparative, 101-199 with a To tag sent, Early
		Preparative, 2xx sent, Moratorium
		Early, 300-699 sent, Morgue
		Early, 2xx sent, Moratorium
		Early, BYE received, Mortal
		Moratorium, 2xx sent, Moratorium
		Moratorium, ACK received, Established
		Moratorium, BYE sent, Mortal
		Moratorium, BYE received, Mortal
		Established, BYE sent, Mortal
		Established, BYE received, Mortal
		Mortal, BYE received, Mortal
		Mortal, BYE transaction over, Morgue`,
}

// What a table has beyond its figure, with the reason. "In this figure,
// messages that are not related to state transition are omitted." (§2)
var beyond = map[string]string{
	"dialog-uac Early, 101-199 with a To tag received, Early":      "a further provisional response of the same dialog changes nothing",
	"dialog-uac Early, BYE received, Mortal":                       "the callee gave up waiting for the ACK, and each of its 2xx was lost",
	"dialog-uac Moratorium, 2xx received, Moratorium":              "a repeated 2xx before the ACK was sent",
	"dialog-uac Preparative, INVITE transaction over, Morgue":      "§2: \"via the termination of the BYE or INVITE transaction\"",
	"dialog-uac Early, INVITE transaction over, Morgue":            "RFC 3261 §13.2.2.4: early dialogs end 64*T1 after the first 2xx",
	"dialog-uac Moratorium, INVITE transaction over, Moratorium":   "the dialog lives on without its transaction",
	"dialog-uac Established, INVITE transaction over, Established": "the dialog lives on without its transaction",
	"dialog-uac Mortal, BYE sent, Mortal":                          "Appendix D: a BYE again, with credentials",
	"dialog-uac Mortal, BYE transaction over, Mortal":              "Appendix D: 2xx are still to be acknowledged, or another BYE is under way",
	"dialog-uac Mortal, INVITE transaction over, Mortal":           "the BYE is still under way",
	"dialog-uac Mortal, INVITE transaction over, Morgue":           "Appendix D: the last 2xx has had its time",
	"dialog-uas Early, 101-199 with a To tag sent, Early":          "a further provisional response of the same dialog changes nothing",
	"dialog-uas Established, ACK received, Established":            "an ACK for each repeated 2xx",
	"dialog-uas Established, INVITE transaction over, Established": "the end of a re-INVITE of the callee's",
	"dialog-uas Mortal, BYE sent, Mortal":                          "Appendix D: a BYE again, with credentials",
	"dialog-uas Mortal, 300-699 sent, Mortal":                      "the 487 to the INVITE that the BYE overtook",
	"dialog-uas Mortal, BYE transaction over, Mortal":              "another BYE is under way, or a 2xx to be acknowledged",
	"dialog-uas Mortal, INVITE transaction over, Mortal":           "the BYE is still under way",
	"dialog-uas Mortal, INVITE transaction over, Morgue":           "Appendix D: the last 2xx to the callee's re-INVITE has had its time",
}

func TestRFC5407_2_TheTablesHaveTheEdgesOfTheFigures(t *testing.T) {
	for _, m := range Machines() {
		drawn := map[string]bool{}
		for edge := range strings.Lines(figures[m.Name]) {
			if edge = strings.TrimSpace(edge); edge != "" {
				drawn[m.Name+" "+edge] = true
			}
		}
		for _, r := range m.Rows() {
			edge := m.Name + " " + edgeOf(r)
			require.NotEqual(t, drawn[edge], beyond[edge] != "", edge)
			delete(drawn, edge)
		}
		require.Empty(t, drawn, "edges of the figure that the table lacks")
	}
}

func edgeOf(r fsm.RowData) string {
	from := "-"
	if r.State != nil {
		from = *r.State
	}
	return from + ", " + r.Event + ", " + r.Next
}

func TestRFC3261_12_EachStateHasAPhase(t *testing.T) {
	require.Equal(t, "", Phase(Preparative))
	require.Equal(t, "early", Phase(Early))
	require.Equal(t, "confirmed", Phase(Moratorium))
	require.Equal(t, "confirmed", Phase(Established))
	require.Equal(t, "terminated", Phase(Mortal))
	require.Equal(t, "terminated", Phase(Morgue))
}
