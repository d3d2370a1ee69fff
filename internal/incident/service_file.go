package incident

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/blob/picture"
	"gezhi/internal/kit/blob/sound"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Upload stores a picture or a recording of an account or, with a zero actor, a picture of a resident. It is checked by
// its content.
func (s *Service) Upload(ctx context.Context, actor authz.Actor, name string, r io.Reader) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file.incomplete")
	}
	if len(data) > maxFileBytes {
		return nil, fault.New(fault.TooLarge, "file.too_large", "max_mb", maxFileBytes>>20)
	}
	if kind, err := sound.Recognise(data); err == nil && actor.AccountID != "" { // residents send pictures only
		return s.keepSound(ctx, actor, name, kind, data)
	}
	info, copies, err := picture.Reencode(bytes.NewReader(data), time.Local, shownSide, thumbSide)
	if err != nil {
		return nil, pictureFault(err)
	}
	at := s.Clock.Now()
	f := &File{ID: id.New(at), Name: cleanName(name), Kind: string(info.Kind), Size: int64(len(data)), Width: int64(info.Width), Height: int64(info.Height),
		uploader: actor.AccountID, createdAt: at.UnixMilli()}
	if !info.TakenAt.IsZero() {
		f.TakenAt = info.TakenAt.UnixMilli()
	}
	if info.Position != nil {
		f.Lon, f.Lat = &info.Position.Lon, &info.Position.Lat
	}
	for _, part := range []struct {
		store blob.Store
		data  []byte
		hash  *string
	}{{s.Originals, data, &f.hash}, {s.Shown, copies[0], &f.shown}, {s.Shown, copies[1], &f.thumb}} {
		b, err := part.store.Put(ctx, bytes.NewReader(part.data), maxFileBytes*2)
		if err != nil {
			return nil, err
		}
		*part.hash = b.Hash
	}
	return f, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertFile(ctx, tx, f) })
}

func pictureFault(err error) error {
	switch {
	case errors.Is(err, picture.ErrTooLarge):
		return fault.New(fault.TooLarge, "file.too_many_pixels")
	case errors.Is(err, picture.ErrTruncated):
		return fault.New(fault.Invalid, "file.incomplete")
	case errors.Is(err, picture.ErrNotImage):
		return fault.New(fault.Invalid, "file.not_picture")
	}
	return err
}

// cleanName keeps the last part of a file name for showing; it is never used as a path.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	var b strings.Builder
	for _, r := range name {
		if r >= ' ' && r != 0x7f && r != utf8.RuneError {
			b.WriteRune(r)
		}
	}
	name = b.String()
	if name == "." || name == "/" || name == ".." {
		return ""
	}
	if r := []rune(name); len(r) > 80 {
		name = string(r[len(r)-80:])
	}
	return name
}

// claimFiles binds uploads of the actor to an incident. Doing it again is harmless.
func (s *Service) claimFiles(ctx context.Context, actor authz.Actor, incident string, files []string) error {
	for n, file := range files {
		if slices.Contains(files[:n], file) {
			return invalid("files", "file.twice")
		}
		if !id.Valid(file) {
			return invalid("files", "file.unknown")
		}
		err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return claimFile(ctx, tx, file, incident, actor.AccountID) })
		if err != nil {
			return err
		}
	}
	return nil
}

// OpenFile opens a picture or a recording for somebody who sees its incident, or for its uploader while it has none.
func (s *Service) OpenFile(ctx context.Context, actor authz.Actor, file string, small bool) (*Shown, error) {
	if !id.Valid(file) {
		return nil, fault.Missing("file")
	}
	f, err := loadFile(ctx, s.DB.Read(), file)
	if err != nil {
		return nil, err
	}
	if f.IncidentID == "" {
		if f.uploader == "" || f.uploader != actor.AccountID {
			return nil, fault.Missing("file")
		}
	} else if _, err := s.Get(ctx, actor, f.IncidentID); err != nil {
		return nil, fault.Missing("file")
	}
	return s.openContent(ctx, f, small)
}

func (s *Service) openShown(ctx context.Context, f *File, small bool) (io.ReadSeekCloser, error) {
	hash := f.shown
	if small {
		hash = f.thumb
	}
	return s.Shown.Open(ctx, hash)
}

// CollectFiles removes uploads that no incident took within a day, with their content where nothing else needs it.
func (s *Service) CollectFiles(ctx context.Context) error {
	files, err := unusedFiles(ctx, s.DB.Read(), s.Clock.Now().UnixMilli()-unusedFor)
	if err != nil {
		return err
	}
	for _, f := range files {
		var free []string
		err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			var err error
			free, err = deleteFile(ctx, tx, f)
			return err
		})
		if err != nil {
			return err
		}
		for _, hash := range free {
			store := s.Shown
			if hash == f.hash {
				store = s.Originals
			}
			if err := store.Delete(ctx, hash); err != nil {
				slog.Error("delete the content of an unused file", "error", err)
			}
		}
	}
	return nil
}
