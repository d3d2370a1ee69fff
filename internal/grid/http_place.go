package grid

import (
	"context"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/web"
)

type placesQuery struct {
	Q     string  `query:"q" maxLength:"100" doc:"words of the name"`
	Limit int     `query:"limit" minimum:"1" maximum:"50" default:"10"`
	Lon   float64 `query:"lon" doc:"with lat: nearer places first, WGS-84"`
	Lat   float64 `query:"lat"`
}

type placeView struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	Kind string    `json:"kind" doc:"the level of an area, or the kind of a named place"`
	Lon  *float64  `json:"lon,omitempty" doc:"none: an area without a boundary"`
	Lat  *float64  `json:"lat,omitempty"`
	Area string    `json:"area_id,omitempty"`
	Path []AreaRef `json:"path" nullable:"false" doc:"the areas in which it lies"`
}

func placeRoutes(a *web.API, s *Service) {
	find := func(in *placesQuery, placed bool) (*itemsOf[placeView], error) {
		var f fault.Fields
		q := fault.CheckText(&f, "q", in.Q, false, 100)
		CheckPoint(&f, "", in.Lon, in.Lat, "")
		if err := f.Err(); err != nil {
			return nil, err
		}
		t, out := s.Tree(), items[placeView](nil)
		for _, p := range s.FindPlaces(PlaceQuery{Q: q, Near: geo.Point{Lon: in.Lon, Lat: in.Lat}, Limit: in.Limit, Placed: placed}) {
			v := placeView{ID: p.ID, Name: p.Name, Kind: p.Kind, Area: p.AreaID}
			path := t.Path(p.AreaID)
			if p.AreaID == "" {
				path, _ = t.Locate(p.Point)
			}
			if !p.Point.IsZero() {
				v.Lon, v.Lat = &p.Point.Lon, &p.Point.Lat
			}
			v.Path = RefsOf(path)
			out.Body.Items = append(out.Body.Items, v)
		}
		return out, nil
	}
	web.Register(a, get("/api/v1/places", "findPlaces", "Areas and named places by name", web.SignedIn()),
		func(_ context.Context, in *placesQuery) (*itemsOf[placeView], error) { return find(in, false) })
	web.Register(a, get("/api/v1/public/places", "findPublicPlaces", "Areas and named places by name, for the resident's page", web.Open()),
		func(_ context.Context, in *placesQuery) (*itemsOf[placeView], error) { return find(in, true) })
}
