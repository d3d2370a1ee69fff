// Package seal keeps personal data unreadable to whoever holds only the store:
// fields and files are encrypted with keys from a key file outside the store, exact
// search goes through a keyed index, and shown values are masked.
//
// Two suites do the same work; an installation chooses one at set-up and uses it for
// fields, files, index and chains alike. Using the algorithms of a standard is not a
// certification, and none is claimed.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Suite names a set of algorithms that are used together.
type Suite string

const (
	// SM is SM4-GCM (GB/T 32907, 128-bit key) with SM3 (GB/T 32905). It is the default.
	SM Suite = "sm"
	// AES is AES-256-GCM with SHA-256.
	AES Suite = "aes"
)

// ParseSuite reads a setting; an empty text is the default, SM.
func ParseSuite(name string) (Suite, error) {
	switch Suite(name) {
	case "", SM:
		return SM, nil
	case AES:
		return AES, nil
	}
	return "", fmt.Errorf("unknown cipher suite %q: use %q or %q", name, SM, AES)
}

// NewHash returns the hash of the suite; both give 32 bytes.
func (s Suite) NewHash() hash.Hash {
	if s == AES {
		return sha256.New()
	}
	return sm3.New()
}

// aead takes at least 32 key bytes and uses as many as the cipher wants.
func (s Suite) aead(key []byte) (cipher.AEAD, error) {
	var block cipher.Block
	var err error
	if s == AES {
		block, err = aes.NewCipher(key[:32])
	} else {
		block, err = sm4.NewCipher(key[:16])
	}
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

// derive gives 32 bytes that reveal nothing of key and differ for every label and
// list of parts (HMAC as a pseudo-random function).
func (s Suite) derive(key []byte, label string, parts ...[]byte) []byte {
	mac := hmac.New(s.NewHash, key)
	writePart(mac, []byte(label))
	for _, p := range parts {
		writePart(mac, p)
	}
	return mac.Sum(nil)
}

// writePart puts the length first, so that no two lists of parts give the same bytes.
func writePart(h hash.Hash, part []byte) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(part)))
	h.Write(n[:])
	h.Write(part)
}
