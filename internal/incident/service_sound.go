package incident

import (
	"bytes"
	"context"
	"io"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob/sound"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// keepSound stores a recording of an account. There is no clean copy of it to show: it lies sealed like an original and
// is opened for whoever may see its incident.
func (s *Service) keepSound(ctx context.Context, actor authz.Actor, name string, kind sound.Kind, data []byte) (*File, error) {
	if len(data) > sound.MaxBytes {
		return nil, fault.New(fault.TooLarge, "file.sound_too_large", "max_mb", sound.MaxBytes>>20)
	}
	b, err := s.Originals.Put(ctx, bytes.NewReader(data), sound.MaxBytes)
	if err != nil {
		return nil, err
	}
	at := s.Clock.Now()
	f := &File{ID: id.New(at), Name: cleanName(name), Kind: string(kind), Size: int64(len(data)), hash: b.Hash,
		uploader: actor.AccountID, createdAt: at.UnixMilli()}
	return f, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertFile(ctx, tx, f) })
}

// Shown is a file that may be shown to the person who asked.
type Shown struct {
	io.ReadSeekCloser
	ContentType string
}

// openContent opens what is shown of a file: the clean copy of a picture, or a recording itself.
func (s *Service) openContent(ctx context.Context, f *File, small bool) (*Shown, error) {
	if sound.Known(f.Kind) {
		content, err := s.Originals.Open(ctx, f.hash)
		return &Shown{content, sound.Kind(f.Kind).ContentType()}, err
	}
	content, err := s.openShown(ctx, f, small)
	return &Shown{content, "image/jpeg"}, err
}

// Sounds tells which files of these entries are recordings: they are played, and everything else is looked at.
func (s *Service) Sounds(ctx context.Context, entries []*Entry) (map[string]bool, error) {
	var files []string
	for _, e := range entries {
		files = append(files, e.Files...)
	}
	if len(files) == 0 {
		return nil, nil
	}
	return soundsAmong(ctx, s.DB.Read(), files)
}

func heard(files []string, sounds map[string]bool) []string {
	var out []string
	for _, f := range files {
		if sounds[f] {
			out = append(out, f)
		}
	}
	return out
}

// seen leaves the recordings out.
func seen(files []string, sounds map[string]bool) []string {
	out := []string{}
	for _, f := range files {
		if !sounds[f] {
			out = append(out, f)
		}
	}
	return out
}
