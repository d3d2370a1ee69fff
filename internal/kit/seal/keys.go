package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sort"
	"strings"
)

var (
	// ErrKeyUnknown means that a value was sealed with a key this key file lacks.
	ErrKeyUnknown = errors.New("seal: the value was sealed with a key that is not in the key file")
	// ErrTampered means that a value was changed, cut, moved to another row, or never sealed.
	ErrTampered = errors.New("seal: the value is damaged or was sealed for another place")
	// ErrWrongKeyFile means that the store was filled with another key file, or a newer one.
	ErrWrongKeyFile = errors.New("seal: this is not the key file that the store was filled with")
)

const secretSize = 32

// Keys holds the keys of one key file. It never changes after it was loaded and is
// safe for concurrent use. Printing it shows the suite and the key id only.
type Keys struct {
	suite   Suite
	current string
	sealing map[string]sealingKey
	index   []byte
	derived []byte
}

// sealingKey keeps one purpose from using the key material of another.
type sealingKey struct {
	fields cipher.AEAD
	stream []byte
}

func newSealingKey(suite Suite, secret []byte) (sealingKey, error) {
	fields, err := suite.aead(suite.derive(secret, "fields"))
	if err != nil {
		return sealingKey{}, err
	}
	return sealingKey{fields: fields, stream: suite.derive(secret, "stream")}, nil
}

// keyID is computed from the secret, so that a damaged key file is noticed on loading.
func keyID(suite Suite, secret []byte) string {
	return hex.EncodeToString(suite.derive(secret, "key id")[:4])
}

func newSecret() []byte {
	secret := make([]byte, secretSize)
	rand.Read(secret) // documented never to fail
	return secret
}

// Suite tells which suite the key file was made for.
func (k *Keys) Suite() Suite { return k.suite }

// NewHash returns the unkeyed hash of the suite.
func (k *Keys) NewHash() hash.Hash { return k.suite.NewHash() }

// String names the keys without showing them.
func (k *Keys) String() string { return fmt.Sprintf("seal.Keys(%s %s)", k.suite, k.current) }

// GoString keeps %#v from printing the keys.
func (k *Keys) GoString() string { return k.String() }

// Check returns the value that the store keeps to know its key file again. It holds
// nothing secret. It grows with each rotation, so a store saves it anew after every
// successful VerifyCheck.
func (k *Keys) Check() string {
	return strings.Join([]string{string(k.suite), k.fingerprint(), strings.Join(k.ids(), "-")}, ".")
}

// VerifyCheck compares with what Check gave when the store was last opened. It returns
// ErrWrongKeyFile, with advice, for a foreign key file and for an older copy that lacks
// a key made by a later rotation.
func (k *Keys) VerifyCheck(stored string) error {
	parts := strings.Split(stored, ".")
	if len(parts) != 3 {
		return fmt.Errorf("%w: the check value in the store is unreadable", ErrWrongKeyFile)
	}
	if parts[0] != string(k.suite) {
		return fmt.Errorf("%w: the store uses suite %q, the key file %q", ErrWrongKeyFile, parts[0], k.suite)
	}
	if subtle.ConstantTimeCompare([]byte(parts[1]), []byte(k.fingerprint())) != 1 {
		return fmt.Errorf("%w: bring back the key file that belongs to this store", ErrWrongKeyFile)
	}
	for _, id := range strings.Split(parts[2], "-") {
		if _, ok := k.sealing[id]; !ok {
			return fmt.Errorf("%w: key %s is missing, it looks like a copy from before a rotation", ErrWrongKeyFile, id)
		}
	}
	return nil
}

// fingerprint covers the keys that no rotation changes.
func (k *Keys) fingerprint() string {
	return hex.EncodeToString(k.suite.derive(k.derived, "check", k.suite.derive(k.index, "check")))
}

func (k *Keys) ids() []string {
	ids := make([]string, 0, len(k.sealing))
	for id := range k.sealing {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}
