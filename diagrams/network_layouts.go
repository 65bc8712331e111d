package diagrams

import (
	_ "embed"
	"encoding/json"
)

//go:embed networks.json
var networksJSON []byte

// layout is the layout that Graphviz gave this very map; nil where there is
// none.
func (n *Network) layout() *Layout {
	var all []Layout
	if len(n.Hosts) == 0 || json.Unmarshal(networksJSON, &all) != nil {
		return nil
	}
	key := n.Key()
	for i := range all {
		if l := &all[i]; l.Machine == key && len(l.States) == len(n.Hosts) && len(l.Edges) == len(n.Links) {
			return l
		}
	}
	return nil
}
