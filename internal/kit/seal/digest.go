package seal

import "encoding/hex"

// Blind returns the index value under which equal values of one purpose are found
// without opening any (HMAC, 64 hex digits). The caller brings the value to one form
// first. It does not change when keys rotate.
func (k *Keys) Blind(purpose, value string) string {
	return hex.EncodeToString(k.suite.derive(k.index, purpose, []byte(value)))
}

// Digest returns the unkeyed hash of the parts, 64 hex digits. Each part goes in with
// its length, so moving bytes from one part to the next changes the result.
func (k *Keys) Digest(parts ...[]byte) string {
	h := k.suite.NewHash()
	for _, p := range parts {
		writePart(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// MAC returns 32 bytes that only a holder of the key file can make. Different purposes
// never give related values. It does not change when keys rotate.
func (k *Keys) MAC(purpose string, parts ...[]byte) []byte {
	return k.suite.derive(k.derived, "mac "+purpose, parts...)
}
