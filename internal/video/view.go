package video

import (
	"gezhi/internal/grid"
)

// View is a camera as it is shown.
type View struct {
	ID      string       `json:"id"`
	Number  string       `json:"number"`
	Name    string       `json:"name"`
	Kind    string       `json:"kind" enum:"security,checkpoint,lookout,social"`
	State   string       `json:"state" enum:"working,broken,off"`
	Lon     float64      `json:"lon" doc:"WGS-84"`
	Lat     float64      `json:"lat"`
	Area    *Named       `json:"area,omitempty" doc:"the lowest area in which it stands; missing outside of all"`
	Path    string       `json:"path,omitempty" doc:"names of the areas from the top down"`
	Owner   *Named       `json:"owner,omitempty" doc:"the unit that looks after it"`
	Streams []StreamView `json:"streams" nullable:"false"`
	Working int          `json:"working" doc:"streams that work; none while the site itself does not"`
	Version int64        `json:"version"`
}

// Named is an area or a unit with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// StreamView is a stream as it is shown and as it is set.
type StreamView struct {
	Number  string `json:"number" maxLength:"200"`
	Name    string `json:"name,omitempty" maxLength:"200"`
	State   string `json:"state" enum:"working,broken,off"`
	Address string `json:"address,omitempty" maxLength:"2000" doc:"https address of the page on which it is watched, without a password or key"`
}

func (s *Service) view(c Camera) View {
	v := View{ID: c.ID, Number: c.Number, Name: c.Name, Kind: c.Kind, State: c.State, Lon: c.Point.Lon, Lat: c.Point.Lat, Working: c.Working(),
		Version: c.Version, Streams: make([]StreamView, len(c.Streams))}
	for i, one := range c.Streams {
		v.Streams[i] = StreamView(one)
	}
	tree := s.Tree()
	if a, ok := tree.Area(c.Area); ok {
		v.Area, v.Path = &Named{a.ID, a.Name}, grid.PathName(tree.Path(a.ID))
	}
	if c.Owner != "" {
		v.Owner = &Named{c.Owner, s.Units.UnitName(c.Owner)}
	}
	return v
}
