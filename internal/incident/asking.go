package incident

import "encoding/json"

// Asking is what whoever has an order wants and somebody else has to approve: more time, or a clock that stands still.
type Asking struct {
	Kind   string `json:"kind"` // extend or suspend
	By     string `json:"by"`
	Order  string `json:"order"`
	Until  int64  `json:"until,omitempty"` // unix ms
	Reason string `json:"reason"`
	At     int64  `json:"at"`
}

// What may be asked for.
const (
	extension  = "extend"
	suspension = "suspend"
)

// text writes what is asked as it is stored.
func (a *Asking) text() string {
	if a == nil {
		return ""
	}
	b, err := json.Marshal(a)
	if err != nil { // texts and numbers only
		panic(err)
	}
	return string(b)
}
