package subscription

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

// The edges of RFC 6665's figures, as drawn: from, event, to. "Events that result
// in a transition back to the same state are not represented".
var figures = map[string]string{
	"subscriber": `
		-, SUBSCRIBE sent, notify_wait
		notify_wait, Timer N, terminated
		notify_wait, SUBSCRIBE refused, terminated
		notify_wait, NOTIFY received, terminated, terminated
		notify_wait, NOTIFY received, active, active
		notify_wait, NOTIFY received, pending, pending
		pending, NOTIFY received, active, active
		pending, re-subscription timed out, terminated
		pending, NOTIFY received, terminated, terminated
		pending, SUBSCRIBE refused, terminated
		active, re-subscription timed out, terminated
		active, NOTIFY received, terminated, terminated
		active, SUBSCRIBE refused, terminated`,
	"notifier": `
		-, SUBSCRIBE received, resp_wait
		resp_wait, permission granted, active
		resp_wait, policy needed, pending
		resp_wait, NOTIFY failed, terminated
		resp_wait, subscription expires, terminated
		resp_wait, terminated per policy, terminated
		pending, permission granted, active
		pending, NOTIFY failed, terminated
		pending, subscription expires, terminated
		pending, terminated per policy, terminated
		active, NOTIFY failed, terminated
		active, subscription expires, terminated
		active, terminated per policy, terminated`,
}

// What a table has beyond its figure, besides moves back to the same state, with
// the reason.
var beyond = map[string]string{
	"subscriber -, NOTIFY received, active, active":                "§4.1.2.4: a further notifier of one SUBSCRIBE",
	"subscriber -, NOTIFY received, pending, pending":              "§4.1.2.4: a further notifier of one SUBSCRIBE",
	"subscriber -, NOTIFY received, terminated, terminated":        "§4.4.3: a further notifier of one fetch",
	"subscriber notify_wait, 2xx without subscription, terminated": "RFC 4488: a REFER whose 2xx says that there is none",
	"subscriber pending, subscription expired, terminated":         "§4.1.2.2: valid for the duration of the last Expires, and no longer",
	"subscriber active, subscription expired, terminated":          "§4.1.2.2: valid for the duration of the last Expires, and no longer",
	"subscriber active, NOTIFY received, pending, pending":         "§4.1.3: the value of Subscription-State says where it stands",
}

func TestRFC6665_4_TheTablesHaveTheEdgesOfTheFigures(t *testing.T) {
	for _, m := range Machines() {
		drawn := map[string]bool{}
		for edge := range strings.Lines(figures[m.Name]) {
			if edge = strings.TrimSpace(edge); edge != "" {
				drawn[m.Name+" "+edge] = true
			}
		}
		for _, r := range m.Rows() {
			if r.State != nil && *r.State == r.Next {
				continue
			}
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
