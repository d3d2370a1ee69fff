package incident

import (
	"encoding/json"
	"strconv"

	"gezhi/internal/kit/id"
)

// Visibility says who sees an entry of the timeline.
type Visibility string

// The visibilities.
const (
	Internal Visibility = "internal" // the staff who see the incident
	Parties  Visibility = "parties"  // also whoever reported it
	Public   Visibility = "public"   // anybody who may see the incident at all
)

// Entry is one line of the timeline. Entries are only added, and each holds the hash of the one before, so that a
// changed, missing or inserted entry shows.
type Entry struct {
	Incident   string
	Seq        int64 // 1, 2, 3, ...
	At         int64 // unix ms; grows strictly
	Do         string
	Visibility Visibility
	ActorID    string
	ActorName  string
	UnitID     string
	OrderID    string
	From, To   string
	Body       json.RawMessage // what was given
	Files      []string
	Salt       string
	Digest     string // salted digest of the personal parts: name, body, files
	Hash       string

	RequestKey    string
	RequestDigest string
}

// hasher makes digests that cannot be confused by moving bytes from one part to the next.
type hasher interface {
	Digest(parts ...[]byte) string
}

// personalDigest covers what may one day be deleted or sealed anew. The chain covers the digest only.
func (e *Entry) personalDigest(h hasher) string {
	parts := [][]byte{[]byte(e.Salt), []byte(e.ActorName), canonical(e.Body)}
	for _, f := range e.Files {
		parts = append(parts, []byte(f))
	}
	return h.Digest(parts...)
}

// chainHash is the hash of the entry behind the entry with hash prev.
func (e *Entry) chainHash(h hasher, prev string) string {
	return h.Digest([]byte(prev), []byte(e.Incident), []byte(strconv.FormatInt(e.Seq, 10)), []byte(strconv.FormatInt(e.At, 10)),
		[]byte(e.Do), []byte(e.Visibility), []byte(e.ActorID), []byte(e.UnitID), []byte(e.OrderID), []byte(e.From), []byte(e.To),
		[]byte(e.RequestKey), []byte(e.RequestDigest), []byte(e.Digest))
}

// seal completes the entry as the next of its chain.
func (e *Entry) seal(h hasher, prev string) {
	e.Salt = id.Token(10)
	e.Digest = e.personalDigest(h)
	e.Hash = e.chainHash(h, prev)
}

// canonical writes a JSON object in one fixed form, because the engines give it back with other spaces and order.
func canonical(raw json.RawMessage) []byte {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return raw
	}
	b, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	return b
}

// publicMoves are the steps that whoever reported may follow, in plain words on the resident's page.
var publicMoves = map[string]Visibility{
	"report": Public, "accept": Public, "dispatch": Public, "claim": Public, "accept_order": Public, "arrive": Public, "handle": Public,
	"self_handle": Public, "check_pass": Public, "answer": Public, "close": Public, "reject": Public, "reopen": Public, "rate": Parties,
	"follow_up": Parties, "rework": Public, "approve_reply": Public, "resident_add": Parties, "resident_withdraw": Public, "resident_reopen": Public,
	"past_accept": Public, "past_handle": Public, "past_close": Public, "past_reject": Public,
	"merge": Public, "me_too": Public, "unmerge": Public, "merge_undone": Public,
}
