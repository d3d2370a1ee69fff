package upkeep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/fault"
)

// Archive is a backup in the folder.
type Archive struct {
	Name  string
	Bytes int64
	At    time.Time // when it was begun
}

const (
	nameTime = "20060102-150405"
	prefix   = "gezhi-"
	suffix   = ".tar.gz"
)

// named is the only form of name that is taken from outside, so that no path leads out of the folder.
var named = regexp.MustCompile(`^gezhi-\d{8}-\d{6}\.tar\.gz$`)

func nameAt(at time.Time) string { return prefix + at.UTC().Format(nameTime) + suffix }

// archivesIn lists the archives of a folder, newest first. A folder that does not exist yet holds none.
func archivesIn(folder string) ([]Archive, error) {
	list := []Archive{}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !named.MatchString(e.Name()) {
			continue
		}
		at, err := time.Parse(nameTime, strings.TrimSuffix(strings.TrimPrefix(e.Name(), prefix), suffix))
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil { // removed meanwhile
			continue
		}
		list = append(list, Archive{Name: e.Name(), Bytes: info.Size(), At: at})
	}
	slices.SortFunc(list, func(a, b Archive) int { return b.At.Compare(a.At) })
	return list, nil
}

// archive finds an archive by its name, or answers that there is none.
func (s *Service) archive(name string) (Archive, string, error) {
	path := filepath.Join(s.Folder, name)
	info, err := os.Lstat(path)
	if !named.MatchString(name) || err != nil || !info.Mode().IsRegular() {
		return Archive{}, "", fault.Missing("backup")
	}
	at, err := time.Parse(nameTime, strings.TrimSuffix(strings.TrimPrefix(name, prefix), suffix))
	if err != nil {
		return Archive{}, "", fault.Missing("backup")
	}
	return Archive{Name: name, Bytes: info.Size(), At: at}, path, nil
}

// thin removes the oldest archives beyond the number to keep. The newest is never removed.
func (s *Service) thin(keep int) error {
	list, err := archivesIn(s.Folder)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range list[min(len(list), max(keep, 1)):] {
		failed = errors.Join(failed, os.Remove(filepath.Join(s.Folder, a.Name)))
	}
	return failed
}
