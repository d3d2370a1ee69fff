package backup

import (
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Format names the form of an archive.
const Format = "gezhi-backup/1"

// About stands in every manifest, for whoever finds an archive.
const About = "A backup of a gezhi store. The key file is not inside and must be kept separately: without it names, phone numbers and pictures cannot be opened, and the archive cannot be restored."

// Keys is what a backup needs of a key file. seal.Keys satisfies it.
type Keys interface {
	Check() string
	VerifyCheck(kept string) error
	MAC(purpose string, parts ...[]byte) []byte
}

// Manifest says what is in an archive. It is its last entry.
type Manifest struct {
	Format   string       `json:"format"`
	About    string       `json:"about"`
	Program  string       `json:"program"`
	Engine   string       `json:"engine"`
	Schema   int64        `json:"schema"` // number of the newest migration
	MadeAt   string       `json:"made_at"`
	KeyCheck string       `json:"key_check"` // knows the key file again; holds nothing secret
	Tables   []TableCount `json:"tables"`
	Files    FileCount    `json:"files"`
	MAC      string       `json:"mac"` // over all of the above, with the key file
}

// TableCount says how many rows of a table are inside, with the digest of their lines.
type TableCount struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Digest string `json:"sha256"`
}

// FileCount says how many files are inside, with the digest of their names and contents.
type FileCount struct {
	Count  int64  `json:"count"`
	Bytes  int64  `json:"bytes"`
	Digest string `json:"sha256"`
}

// Rows returns the number of rows of all tables.
func (m Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Faults of an archive.
var (
	ErrDamaged  = errors.New("the archive is damaged, cut off or was changed")
	ErrNotOurs  = errors.New("this is not a backup of a gezhi store")
	ErrNotEmpty = errors.New("the store is not empty")
)

func (m *Manifest) sign(keys Keys) { m.MAC = hex.EncodeToString(m.mac(keys)) }

func (m Manifest) mac(keys Keys) []byte {
	m.MAC = ""
	b, err := json.Marshal(m)
	if err != nil {
		panic("backup: a manifest cannot fail: " + err.Error())
	}
	return keys.MAC("backup manifest", b)
}

// verify checks the form of a manifest, that the key file is the right one, and that it signed the manifest.
func (m Manifest) verify(keys Keys) error {
	if !strings.HasPrefix(m.Format, "gezhi-backup/") {
		return ErrNotOurs
	}
	if m.Format != Format {
		return fmt.Errorf("the archive has the form %s, this program reads %s: use the program that made it (%s)", m.Format, Format, m.Program)
	}
	if err := keys.VerifyCheck(m.KeyCheck); err != nil {
		return fmt.Errorf("the key file is not the one with which the archive was made: set GEZHI_KEY_FILE to that one: %w", err)
	}
	mac, err := hex.DecodeString(m.MAC)
	if err != nil || !hmac.Equal(mac, m.mac(keys)) {
		return fmt.Errorf("%w: its manifest is not signed with the key file", ErrDamaged)
	}
	return nil
}
