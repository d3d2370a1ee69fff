package bulk

import (
	"encoding/json"

	"gezhi/internal/kit/sheet"
)

// State is how far an import has come.
type State string

// The states.
const (
	Checked State = "checked" // every row was looked at, nothing is written
	Running State = "running"
	Done    State = "done"
	Failed  State = "failed" // Job.Fault says why; what was written stays, and the same file can be brought in again
)

// Counts are how many rows came to each result: what would become of them while checked, what became of them after.
type Counts struct {
	Made    int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	Refused int `json:"error"`
}

func count(outcomes []Outcome) (c Counts) {
	for _, o := range outcomes {
		switch o.Result {
		case Made:
			c.Made++
		case Changed:
			c.Changed++
		case Same:
			c.Same++
		case Refused:
			c.Refused++
		}
	}
	return c
}

// Job is one file that is being brought in.
type Job struct {
	ID          string
	Kind        string
	AccountID   string // whose it is; nobody else sees it
	AccountName string
	State       State
	Whole       bool
	Total       int
	Done        int
	Counts      Counts
	Fault       string
	Reported    bool // the report was handed out with the first passwords
	CreatedAt   int64
	head        head
}

// head is what the columns of the file were.
type head struct {
	Heads []string       `json:"heads"`
	At    map[string]int `json:"at"`
}

// chunk is some rows of a file with what becomes of them.
type chunk struct {
	Rows     []sheet.Row `json:"rows"`
	Outcomes []Outcome   `json:"outcomes"`
}

func (h head) table(rows []sheet.Row) *sheet.Table {
	return &sheet.Table{Heads: h.Heads, At: h.At, Rows: rows}
}

// chunkPlace is the place to which the sealed rows of an import are bound.
func chunkPlace(jobID string) string { return "imports." + jobID }

func (d *Desk) sealChunk(jobID string, c chunk) (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	return d.Seal.Seal(string(text), chunkPlace(jobID))
}

func (d *Desk) openChunk(jobID, body string) (c chunk, err error) {
	text, err := d.Seal.Open(body, chunkPlace(jobID))
	if err != nil {
		return c, err
	}
	err = json.Unmarshal([]byte(text), &c)
	return c, err
}
