package video

import (
	"context"
	"net/http"

	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Fields are what a person may set of a camera.
type Fields struct {
	Number  string       `json:"number" maxLength:"200"`
	Name    string       `json:"name" maxLength:"400"`
	Kind    string       `json:"kind" enum:"security,checkpoint,lookout,social"`
	State   string       `json:"state" enum:"working,broken,off"`
	Lon     float64      `json:"lon" doc:"WGS-84"`
	Lat     float64      `json:"lat"`
	Owner   string       `json:"owner,omitempty" maxLength:"64" doc:"id of the unit that looks after it"`
	Streams []StreamView `json:"streams" nullable:"false" maxItems:"1000"`
}

func (f Fields) camera() Camera {
	c := Camera{Number: f.Number, Name: f.Name, Kind: f.Kind, State: f.State, Point: geo.Point{Lon: f.Lon, Lat: f.Lat}, Owner: f.Owner}
	for _, s := range f.Streams {
		c.Streams = append(c.Streams, Stream(s))
	}
	return c
}

// ListQuery are the filters of the list of cameras.
type ListQuery struct {
	Q     string `query:"q" maxLength:"100" doc:"words in the number or the name"`
	Kind  string `query:"kind" enum:"security,checkpoint,lookout,social"`
	State string `query:"state" enum:"working,broken,off"`
	Area  string `query:"area" maxLength:"64" doc:"id, with everything below it"`
	Owner string `query:"owner" maxLength:"64" doc:"id of a unit"`
}

func (q ListQuery) filter() Filter {
	return Filter{Text: q.Q, Kind: q.Kind, State: q.State, Area: q.Area, Owner: q.Owner}
}

type listIn struct {
	ListQuery
	Limit  int    `query:"limit" minimum:"0" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"500"`
}

type listOut struct {
	Body struct {
		Items []View `json:"items" nullable:"false"`
		Next  string `json:"next,omitempty"`
	}
}

type oneIn struct {
	ID string `path:"id" maxLength:"64"`
}

type oneOut struct{ Body View }

var maySee = web.Need(perm.VideoRead, perm.VideoManage)

// Routes registers the routes of the register of cameras.
func Routes(api *web.API, s *Service) {
	route := func(access web.Access, method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/cameras" + path, ID: id, Tag: "video", Summary: summary, Access: access}
	}
	manage := web.Need(perm.VideoManage)
	web.Register(api, route(maySee, http.MethodGet, "", "listCameras", "Cameras with their streams, by number"),
		func(ctx context.Context, in *listIn) (*listOut, error) {
			f := in.filter()
			f.Limit, f.Cursor = in.Limit, in.Cursor
			list, next, err := s.List(ctx, web.Actor(ctx), f)
			if err != nil {
				return nil, err
			}
			out := &listOut{}
			out.Body.Items, out.Body.Next = make([]View, len(list)), next
			for i, c := range list {
				out.Body.Items[i] = s.view(c)
			}
			return out, nil
		})
	web.Register(api, route(maySee, http.MethodGet, "/{id}", "getCamera", "One camera with its streams"),
		func(ctx context.Context, in *oneIn) (*oneOut, error) {
			return s.shown(s.Get(ctx, web.Actor(ctx), in.ID))
		})
	create := route(manage, http.MethodPost, "", "createCamera", "Add a camera")
	create.Status = http.StatusCreated
	web.Register(api, create, func(ctx context.Context, in *struct{ Body Fields }) (*oneOut, error) {
		return s.shown(s.Create(ctx, web.Actor(ctx), in.Body.camera()))
	})
	web.Register(api, route(manage, http.MethodPut, "/{id}", "updateCamera", "Change a camera and its streams"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"64"`
		Body struct {
			Fields
			Version int64 `json:"version"`
		}
	}) (*oneOut, error) {
		c := in.Body.camera()
		c.ID, c.Version = in.ID, in.Body.Version
		return s.shown(s.Update(ctx, web.Actor(ctx), c))
	})
	web.Register(api, route(manage, http.MethodDelete, "/{id}", "deleteCamera", "Remove a camera with its streams"), func(ctx context.Context, in *struct {
		ID      string `path:"id" maxLength:"64"`
		Version int64  `query:"version" required:"true"`
	}) (*struct{}, error) {
		return nil, s.Delete(ctx, web.Actor(ctx), in.ID, in.Version)
	})
}

func (s *Service) shown(c Camera, err error) (*oneOut, error) {
	if err != nil {
		return nil, err
	}
	return &oneOut{s.view(c)}, nil
}
