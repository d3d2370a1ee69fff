package video

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// Filter narrows a list of cameras. Empty fields do not.
type Filter struct {
	Text   string // in the number or the name
	Kind   string
	State  string
	Area   string // with everything below it
	Owner  string
	Cursor string
	Limit  int
}

const byNumber = "cameras by number"

// List returns the cameras that the actor may see, by number, with where to continue; ” at the end.
func (s *Service) List(ctx context.Context, actor authz.Actor, f Filter) (list []Camera, next string, err error) {
	key, err := page.Parse(f.Cursor, byNumber, 1)
	if err != nil {
		return nil, "", err
	}
	limit := page.Limit(f.Limit)
	list, err = listCameras(ctx, s.DB.Read(), seenBy(actor), f, key, limit+1)
	if err != nil {
		return nil, "", err
	}
	if len(list) > limit {
		list = list[:limit]
		next = page.Cursor(byNumber, list[limit-1].Number)
	}
	return list, next, readStreams(ctx, s.DB.Read(), list)
}

// Mark is a camera as a map shows it.
type Mark struct {
	ID      string
	Number  string
	Name    string
	Kind    string
	State   string
	Point   geo.Point
	Area    string
	Streams int64
	Working int64 // of them; 0 while the site itself does not work
}

// Marks returns the cameras that the actor may watch in an area, or with an empty one anywhere, by number, at
// most so many.
func (s *Service) Marks(ctx context.Context, actor authz.Actor, area string, most int) ([]Mark, error) {
	return listMarks(ctx, s.DB.Read(), actor.Scope(perm.VideoRead), area, most)
}
