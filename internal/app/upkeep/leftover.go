package upkeep

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// sweep removes what jobs left behind that were cut off by a crash, once it is a day old and no job can still use it.
func (s *Service) sweep() error {
	var failed error
	for _, pattern := range []string{filepath.Join(s.Data, ".rehearsal-*"), filepath.Join(s.Folder, ".gezhi-backup-*")} {
		found, err := filepath.Glob(pattern)
		failed = errors.Join(failed, err)
		for _, path := range found {
			info, err := os.Lstat(path)
			if err == nil && s.Clock.Now().Sub(info.ModTime()) > 24*time.Hour {
				failed = errors.Join(failed, os.RemoveAll(path))
			}
		}
	}
	return failed
}
