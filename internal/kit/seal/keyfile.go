package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"gezhi/internal/kit/durable"
)

// ExposedError warns that others on the machine can read the key file. The keys that
// come with it are complete: a caller may go on with a warning or stop.
type ExposedError struct {
	Path string
	Mode fs.FileMode
}

// Error says how to repair it.
func (e *ExposedError) Error() string {
	return fmt.Sprintf("key file %s can be read by others (mode %04o): run chmod 600 on it", e.Path, e.Mode)
}

const keyFileFormat = 1

// keyFile is the file as written. Byte slices become base64.
type keyFile struct {
	Format  int         `json:"format"`
	Suite   Suite       `json:"suite"`
	Current string      `json:"current"`
	Keys    []keyRecord `json:"keys"`
	Index   []byte      `json:"index"`
	Derived []byte      `json:"derived"`
}

type keyRecord struct {
	ID     string `json:"id"`
	Secret []byte `json:"secret"`
}

// LoadOrCreate reads the key file at path, or makes one with fresh random keys (mode
// 0600, flushed to disk) when there is none; of several processes that start at once
// exactly one makes it and all use it. An empty suite means the default for a new file
// and whatever an existing file says. It fails when an existing file is damaged or made
// for another suite. When others can read the file it returns the keys together with
// an *ExposedError.
func LoadOrCreate(path string, suite Suite) (*Keys, error) {
	if _, err := ParseSuite(string(suite)); err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := createKeyFile(path, suite); err != nil {
			return nil, err
		}
	}
	return load(path, suite)
}

// Rotate adds a new current key to the file at path and keeps the older ones for
// reading; index and chain keys stay. Running nodes use the new key after a restart,
// and every node needs the new file before any of them starts with it. Two rotations
// at once are refused.
func Rotate(path string) (*Keys, error) {
	next := path + ".new"
	out, err := os.OpenFile(next, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("another rotation is running; if none is, remove %s and repeat", next)
	}
	if err != nil {
		return nil, fmt.Errorf("rotate keys: %w", err)
	}
	defer os.Remove(next) // after the rename there is nothing left to remove
	defer out.Close()

	file, err := readKeyFile(path)
	if err != nil {
		return nil, err
	}
	file.add(newSecret())
	if err := writeKeyFile(out, file); err != nil {
		return nil, err
	}
	if err := os.Rename(next, path); err != nil {
		return nil, fmt.Errorf("rotate keys: %w", err)
	}
	if err := durable.SyncFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return load(path, file.Suite)
}

func (f *keyFile) add(secret []byte) {
	f.Current = keyID(f.Suite, secret)
	f.Keys = append(f.Keys, keyRecord{ID: f.Current, Secret: secret})
}

func createKeyFile(path string, suite Suite) error {
	if suite == "" {
		suite = SM
	}
	dir := filepath.Dir(path)
	if err := durable.MakeFolder(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("create key file: %w", err)
	}
	defer os.Remove(temp.Name())
	defer temp.Close()

	file := keyFile{Format: keyFileFormat, Suite: suite, Index: newSecret(), Derived: newSecret()}
	file.add(newSecret())
	if err := writeKeyFile(temp, file); err != nil {
		return err
	}
	// A link, unlike a rename, cannot replace the file of a process that was faster.
	if err := os.Link(temp.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create key file: %w", err)
	}
	return durable.SyncFolder(dir)
}

func writeKeyFile(out *os.File, file keyFile) error {
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	if _, err := out.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	if err := out.Sync(); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	return out.Close()
}

func readKeyFile(path string) (keyFile, error) {
	var file keyFile
	text, err := os.ReadFile(path)
	if err != nil {
		return file, fmt.Errorf("read key file: %w", err)
	}
	if err := json.Unmarshal(text, &file); err != nil {
		// The decoder's message may quote the file, so it is not passed on.
		return file, fmt.Errorf("key file %s is not readable as JSON: restore it from its backup", path)
	}
	if file.Format != keyFileFormat {
		return file, fmt.Errorf("key file %s has format %d, this program reads %d", path, file.Format, keyFileFormat)
	}
	return file, nil
}

func load(path string, suite Suite) (*Keys, error) {
	file, err := readKeyFile(path)
	if err != nil {
		return nil, err
	}
	if suite != "" && file.Suite != suite {
		return nil, fmt.Errorf("key file %s was made for suite %q, the setting says %q: keep the suite chosen at set-up", path, file.Suite, suite)
	}
	keys, err := file.open()
	if err != nil {
		return nil, fmt.Errorf("key file %s is damaged (%w): restore it from its backup", path, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return keys, &ExposedError{Path: path, Mode: mode}
	}
	return keys, nil
}

func (f keyFile) open() (*Keys, error) {
	if f.Suite != SM && f.Suite != AES {
		return nil, fmt.Errorf("unknown suite %q", f.Suite)
	}
	if len(f.Index) != secretSize || len(f.Derived) != secretSize {
		return nil, errors.New("a key has the wrong length")
	}
	keys := &Keys{suite: f.Suite, current: f.Current, index: f.Index, derived: f.Derived, sealing: map[string]sealingKey{}}
	for _, record := range f.Keys {
		if len(record.Secret) != secretSize || keyID(f.Suite, record.Secret) != record.ID {
			return nil, fmt.Errorf("key %q does not fit its id", record.ID)
		}
		key, err := newSealingKey(f.Suite, record.Secret)
		if err != nil {
			return nil, err
		}
		keys.sealing[record.ID] = key
	}
	if _, ok := keys.sealing[f.Current]; !ok {
		return nil, errors.New("the current key is missing")
	}
	return keys, nil
}
