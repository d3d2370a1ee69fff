package demo

import (
	"bytes"
	"context"
	"fmt"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
)

type actor = authz.Actor

// view is one drawn picture: a scene in one of its variants.
type view struct {
	name    string
	variant int
}

// album keeps drawn pictures and, once uploaded, their files: each is shown many times and kept once. The zero album is
// empty.
type album struct {
	drawn map[string][]byte
	files map[string]*incident.File
}

func (v view) key(after bool) string { return fmt.Sprint(v.name, after, v.variant) }

// get returns a picture as PNG.
func (a *album) get(v view, after bool) ([]byte, error) {
	key := v.key(after)
	if a.drawn[key] == nil {
		raw, err := picture(v.name, after, v.variant)
		if err != nil {
			return nil, err
		}
		if a.drawn == nil {
			a.drawn = map[string][]byte{}
		}
		a.drawn[key] = raw
	}
	return a.drawn[key], nil
}

// uploaded returns the file of a picture. The first time it is uploaded by the program itself; nobody is shown that
// file, only copies of it.
func (a *album) uploaded(ctx context.Context, s *incident.Service, v view, after bool) (*incident.File, error) {
	key := v.key(after)
	if a.files[key] == nil {
		raw, err := a.get(v, after)
		if err != nil {
			return nil, err
		}
		f, err := s.Upload(ctx, machine, pictureName, bytes.NewReader(raw))
		if err != nil {
			return nil, err
		}
		if a.files == nil {
			a.files = map[string]*incident.File{}
		}
		a.files[key] = f
	}
	return a.files[key], nil
}

const pictureName = "演示图片.png"
