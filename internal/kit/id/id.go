// Package id makes identifiers: time-ordered ones for rows, derived ones for what must be the same when a request is
// repeated, and codes that a person can read out over the phone.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
	"time"
)

// alphabet is Crockford's base 32: no I, L, O or U, so that a code read aloud or copied by hand survives.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var (
	mu     sync.Mutex
	lastMs uint64
	lastLo [10]byte
)

// New returns a ULID (26 characters): 48 bits of unix milliseconds, then 80 random bits. Two ids made by one process
// in the same millisecond are still in order.
func New(at time.Time) string {
	mu.Lock()
	defer mu.Unlock()
	ms := uint64(at.UnixMilli())
	if ms == lastMs && increment(&lastLo) {
		return encodeULID(ms, lastLo)
	}
	lastMs = ms
	mustRandom(lastLo[:])
	lastLo[0] &= 0x7f // leaves room to increment
	return encodeULID(ms, lastLo)
}

// Derive returns the id (26 characters) that belongs to the given parts, the same each time. Parts are joined
// unambiguously. The id does not reveal the parts.
func Derive(parts ...string) string {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	sum := h.Sum(nil)
	var lo [10]byte
	copy(lo[:], sum[6:16])
	var hi [8]byte
	copy(hi[2:], sum[:6])
	return encodeULID(binary.BigEndian.Uint64(hi[:]), lo)
}

// Valid tells whether s has the form of an id.
func Valid(s string) bool {
	if len(s) != 26 || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		if strings.IndexByte(alphabet, s[i]) < 0 {
			return false
		}
	}
	return true
}

// Token returns a secret of n random bytes as base 32 text, for sessions and the like.
func Token(n int) string {
	b := make([]byte, n)
	mustRandom(b)
	return Encode(b)
}

// CodeLength is the number of characters of a code without separators: 80 bits.
const CodeLength = 16

// NewCode returns a random code of 80 bits as four groups of four characters, e.g. "7K2M-0QPX-4RTV-9HWD".
func NewCode() string {
	var b [10]byte
	mustRandom(b[:])
	return group(Encode(b[:]))
}

// CodeFrom returns the code made of the first 80 bits of a secret digest (at least 10 bytes).
func CodeFrom(digest []byte) string { return group(Encode(digest[:10])) }

// ParseCode reads a code as people type it: any case, spaces or dashes, O for 0, I or L for 1. ok is false when it
// cannot be a code.
func ParseCode(s string) (code string, ok bool) {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == '-' || r == ' ' || r == '－' || r == '　' || r == '—':
			continue
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		case r >= '０' && r <= '９':
			r = '0' + (r - '０')
		case r >= 'Ａ' && r <= 'Ｚ':
			r = 'A' + (r - 'Ａ')
		}
		if r > 127 || strings.IndexByte(alphabet, byte(r)) < 0 {
			return "", false
		}
		b.WriteRune(r)
		if b.Len() > CodeLength {
			return "", false
		}
	}
	if b.Len() != CodeLength {
		return "", false
	}
	return group(b.String()), true
}

// Encode writes bytes in base 32, most significant bit first, without padding.
func Encode(b []byte) string {
	out := make([]byte, 0, (len(b)*8+4)/5)
	var acc, bits uint
	for _, c := range b {
		acc = acc<<8 | uint(c)
		bits += 8
		for bits >= 5 {
			bits -= 5
			out = append(out, alphabet[acc>>bits&31])
		}
	}
	if bits > 0 {
		out = append(out, alphabet[acc<<(5-bits)&31])
	}
	return string(out)
}

func group(s string) string {
	return s[0:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:16]
}

func encodeULID(ms uint64, lo [10]byte) string {
	var out [26]byte
	for i := 9; i >= 0; i-- {
		out[i] = alphabet[ms&31]
		ms >>= 5
	}
	copy(out[10:], Encode(lo[:]))
	return string(out[:])
}

func increment(b *[10]byte) bool {
	for i := 9; i >= 0; i-- {
		b[i]++
		if b[i] != 0 {
			return true
		}
	}
	return false
}

func mustRandom(b []byte) {
	if _, err := rand.Read(b); err != nil {
		panic("id: the system has no randomness: " + err.Error())
	}
}
