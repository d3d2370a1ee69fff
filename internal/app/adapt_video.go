package app

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/mapview"
	"gezhi/internal/people"
)

// cameraUnits is what the register of cameras knows of units.
type cameraUnits struct{ *people.Directory }

// Open tells whether there is such a unit that works.
func (c cameraUnits) Open(id string) bool {
	u, ok := c.Unit(id)
	return ok && u.Open
}

// Find returns the working units that a cell of a table names: the one with this code, else those with this name.
func (c cameraUnits) Find(text string) []string {
	var named []string
	for _, u := range c.OpenUnits() {
		if strings.EqualFold(u.Code, text) {
			return []string{u.ID}
		}
		if u.Name == text {
			named = append(named, u.ID)
		}
	}
	return named
}

// cameraMarks gives the map the cameras.
type cameraMarks struct{ app *App }

func (c cameraMarks) Marks(ctx context.Context, actor authz.Actor, area string, most int) ([]mapview.Camera, error) {
	list, err := c.app.Video.Marks(ctx, actor, area, most)
	out := make([]mapview.Camera, len(list))
	for n, m := range list {
		out[n] = mapview.Camera(m)
	}
	return out, err
}
