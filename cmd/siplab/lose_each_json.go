package main

import (
	"siplab/sim/explore"
	"siplab/sim/trace"
)

// The table as JSON. Times are nanoseconds of virtual time, as in a trace.

type tableData struct {
	Title       string           `json:"title"`
	Do          string           `json:"do"`
	Undisturbed rowData          `json:"undisturbed"`
	Rows        []rowData        `json:"rows"`
	Spared      []explore.Spared `json:"spared"`
}

// rowData is a row whose faults, laws and end have the names of JSON.
type rowData struct {
	*explore.Row
	Faults  []string     `json:"faults"`
	Repairs []repairData `json:"repairs"`
	Agree   bool         `json:"agree"`
	Broken  []brokenData `json:"broken"`
	End     endData      `json:"end"`
}

type repairData struct {
	*explore.Repair
	Made bool   `json:"made"`
	Text string `json:"text"`
}

type brokenData struct {
	Law   string `json:"law"`
	Event int32  `json:"event"`
	Text  string `json:"text"`
}

type endData struct {
	At   int64    `json:"at"`
	Why  string   `json:"why"`
	Text string   `json:"text,omitempty"`
	Held []string `json:"held,omitempty"`
}

func tableJSON(t *explore.Table) tableData {
	d := tableData{Title: t.Title, Do: t.Do.String(), Undisturbed: rowJSON(&t.Undisturbed), Rows: make([]rowData, len(t.Rows)), Spared: t.Spared}
	for i := range t.Rows {
		d.Rows[i] = rowJSON(&t.Rows[i])
	}
	return d
}

func rowJSON(r *explore.Row) rowData {
	d := rowData{Row: r, Agree: r.Agree(), End: endJSON(&r.End)}
	for _, f := range r.Faults {
		d.Faults = append(d.Faults, f.String())
	}
	for i := range r.Repairs {
		x := &r.Repairs[i]
		d.Repairs = append(d.Repairs, repairData{x, x.Made(), x.String()})
	}
	for _, b := range r.Broken {
		d.Broken = append(d.Broken, brokenData(b))
	}
	return d
}

func endJSON(e *trace.End) endData {
	return endData{int64(e.At), e.Why, e.Text, e.Held}
}
