package incident

import (
	"encoding/hex"
	"math/big"
	"strconv"
)

// Head is the newest entry of an incident's timeline that an anchor covers.
type Head struct {
	Incident string
	Seq      int64
	Hash     string
}

// Sum is a sum modulo 2^256 of keyed MACs. Without the key nobody can change the set of heads and keep the sum; with
// it, one head can be exchanged without reading the others.
type Sum [32]byte

var modulus = new(big.Int).Lsh(big.NewInt(1), 256)

func (s Sum) plus(mac []byte) Sum  { return s.add(mac, false) }
func (s Sum) minus(mac []byte) Sum { return s.add(mac, true) }

func (s Sum) add(mac []byte, negative bool) Sum {
	a, b := new(big.Int).SetBytes(s[:]), new(big.Int).SetBytes(mac)
	if negative {
		b.Neg(b)
	}
	a.Add(a, b).Mod(a, modulus)
	var out Sum
	a.FillBytes(out[:])
	return out
}

// String returns the sum in hex.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Anchor is a signed statement about all heads at one moment.
type Anchor struct {
	Seq      int64
	At       int64
	Position int64 // of the feed
	Count    int64 // incidents
	Sum      Sum
	MAC      string
}

func (s *Service) headMAC(h Head) []byte {
	return s.Keys.MAC("timeline head", []byte(h.Incident), []byte(strconv.FormatInt(h.Seq, 10)), []byte(h.Hash))
}

func (s *Service) anchorMAC(a Anchor) string {
	return hex.EncodeToString(s.Keys.MAC("anchor", []byte(strconv.FormatInt(a.Seq, 10)), []byte(strconv.FormatInt(a.At, 10)),
		[]byte(strconv.FormatInt(a.Position, 10)), []byte(strconv.FormatInt(a.Count, 10)), a.Sum[:]))
}
