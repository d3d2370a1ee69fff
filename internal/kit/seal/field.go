package seal

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"
)

// Seal encrypts one field with the current key and a random nonce, so that equal values
// look different. aad is the place the value belongs to (row id and column): it is not
// kept, and Open needs the same. The result is "<suite>.<key id>.<base64url>"; an empty
// value stays empty. A key is good for 2^32 values: rotate long before.
func (k *Keys) Seal(plain, aad string) (string, error) {
	if plain == "" {
		return "", nil
	}
	key, ok := k.sealing[k.current]
	if !ok {
		return "", ErrKeyUnknown
	}
	head := string(k.suite) + "." + k.current + "."
	nonce := make([]byte, key.fields.NonceSize())
	rand.Read(nonce) // documented never to fail
	sealed := key.fields.Seal(nonce, nonce, []byte(plain), []byte(head+aad))
	return head + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open gives back what Seal was given with the same aad. It returns ErrKeyUnknown for a
// key or suite that the key file lacks and ErrTampered for everything else that does not
// open; the errors never hold the value.
func (k *Keys) Open(sealed, aad string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	suite, id, body, ok := splitSealed(sealed)
	if !ok {
		return "", ErrTampered
	}
	key, known := k.sealing[id]
	if !known || suite != k.suite {
		return "", fmt.Errorf("%w (%s.%s)", ErrKeyUnknown, suite, id)
	}
	// Strict: two texts never open to the same value.
	raw, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil || strings.ContainsAny(body, "\r\n") || len(raw) < key.fields.NonceSize() {
		return "", ErrTampered
	}
	nonce, box := raw[:key.fields.NonceSize()], raw[key.fields.NonceSize():]
	head := string(suite) + "." + id + "."
	plain, err := key.fields.Open(nil, nonce, box, []byte(head+aad))
	if err != nil {
		return "", ErrTampered
	}
	return string(plain), nil
}

// Stale tells whether a sealed value should be sealed again because a newer key is
// current.
func (k *Keys) Stale(sealed string) bool {
	_, id, _, ok := splitSealed(sealed)
	return ok && id != k.current
}

func splitSealed(sealed string) (suite Suite, id, body string, ok bool) {
	name, rest, ok := strings.Cut(sealed, ".")
	if !ok || (Suite(name) != SM && Suite(name) != AES) {
		return "", "", "", false
	}
	id, body, ok = strings.Cut(rest, ".")
	if !ok || len(id) != 8 || strings.Trim(id, "0123456789abcdef") != "" {
		return "", "", "", false
	}
	return Suite(name), id, body, true
}
