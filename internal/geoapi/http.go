package geoapi

import (
	"context"
	"net/http"

	"gezhi/internal/grid"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

const tag = "geo"

// face is one tree of routes: for those who signed in, or for anybody.
type face struct {
	root, suffix string // of the paths; of the operations' names
	title, about string
	access       web.Access
	layers       []layer
	look         func(context.Context) error // bounds how often strangers ask; nil for no bound
	items        func(ctx context.Context, s *Service, l layer, r Request) (items, error)
	item         func(ctx context.Context, s *Service, l layer, id string, when Interval) (Feature, error)
}

// Routes adds what GIS programs ask for: OGC API Features for those who signed in and for anybody, and vector tiles.
func Routes(api *web.API, s *Service, gate *web.Gate) {
	signedIn := face{
		root: "/api/v1/ogc", title: "格治 gezhi", about: "Areas and incidents of a governance centre. 治理中心的区域与事件。",
		access: web.Need(seeAny...), layers: layers,
		items: func(ctx context.Context, s *Service, l layer, r Request) (items, error) {
			if l.id == incidentsID {
				return s.incidentItems(ctx, web.Actor(ctx), r)
			}
			return s.areaItems(ctx, l, r)
		},
		item: func(ctx context.Context, s *Service, l layer, id string, when Interval) (Feature, error) {
			if l.id != incidentsID {
				return s.areaItem(ctx, l, id, when)
			}
			i, err := s.Incidents.One(ctx, web.Actor(ctx), id)
			return s.incidentFeature(i), err
		},
	}
	open := face{
		root: "/api/v1/public/ogc", suffix: "Open", title: "格治 gezhi, open data 开放数据",
		about:  "Open data of a governance centre, without personal data. 治理中心的开放数据，不含个人信息。",
		access: web.Open(), layers: openLayers, look: gate.Look,
		items: func(ctx context.Context, s *Service, l layer, r Request) (items, error) {
			if l.id == incidentsID {
				return s.openItems(ctx, r)
			}
			return s.areaItems(ctx, l, r)
		},
		item: func(ctx context.Context, s *Service, l layer, id string, when Interval) (Feature, error) {
			if l.id != incidentsID {
				return s.areaItem(ctx, l, id, when)
			}
			return s.openItem(ctx, id)
		},
	}
	for _, f := range []face{signedIn, open} {
		f.describe(api, s)
		f.document(api)
		f.read(api, s)
	}
	tileRoutes(api, s)
}

func (f face) get(path, id, summary string) web.Route {
	return web.Route{Method: http.MethodGet, Path: f.root + path, ID: id + f.suffix, Tag: tag, Summary: summary, Access: f.access}
}

func (f face) admit(ctx context.Context) error {
	if f.look == nil {
		return nil
	}
	return f.look(ctx)
}

type itemsIn struct {
	Origin
	Collection string `path:"collectionId" maxLength:"40" doc:"areas, areas-street and the like, or incidents"`
	BBox       string `query:"bbox" maxLength:"200" doc:"west,south,east,north in degrees, WGS-84"`
	Datetime   string `query:"datetime" maxLength:"80" doc:"RFC 3339 instant, day, or interval such as 2026-11-01/..; of incidents when they were received, of areas when their boundaries held (at the end of an interval)"`
	Limit      int    `query:"limit" default:"100" minimum:"1" maximum:"1000000" doc:"at most 1000 are returned at once; follow the link next"`
	Level      string `query:"level" enum:"city,district,street,community,grid,microgrid" doc:"of areas"`
	Area       string `query:"area" maxLength:"40" doc:"id: only what lies below it"`
	Category   string `query:"category" maxLength:"60" doc:"of incidents, with everything below it"`
	State      string `query:"state" maxLength:"20" doc:"of incidents"`
	Cursor     string `query:"cursor" maxLength:"200" doc:"from the link next"`
}

type itemIn struct {
	Origin
	Collection string `path:"collectionId" maxLength:"40"`
	Feature    string `path:"featureId" maxLength:"60"`
	Datetime   string `query:"datetime" maxLength:"80" doc:"of areas: when the boundary held"`
}

type itemsOut struct{ Body *FeatureCollection }

type itemOut struct{ Body *Feature }

// request reads what is asked for; everything that does not hold is named at once.
func (in *itemsIn) request(s *Service) (Request, error) {
	var f fault.Fields
	r := Request{Box: ParseBox(&f, in.BBox), Time: ParseTime(&f, in.Datetime, s.Zone), Level: grid.Level(in.Level), Area: in.Area,
		Category: in.Category, State: in.State, Limit: min(in.Limit, maxItems), Cursor: in.Cursor}
	if r.Limit <= 0 {
		r.Limit = defaultItems
	}
	for field, text := range map[string]string{"area": r.Area, "category": r.Category, "state": r.State} {
		fault.CheckText(&f, field, text, false, 60)
	}
	return r, f.Err()
}

// read adds the routes that return features.
func (f face) read(api *web.API, s *Service) {
	web.Register(api, f.get("/collections/{collectionId}/items", "listFeatures", "Features of a collection as GeoJSON"),
		func(ctx context.Context, in *itemsIn) (*itemsOut, error) {
			if err := f.admit(ctx); err != nil {
				return nil, err
			}
			l, err := layerOf(f.layers, web.Actor(ctx), in.Collection)
			if err != nil {
				return nil, err
			}
			r, err := in.request(s)
			if err != nil {
				return nil, err
			}
			list, err := f.items(ctx, s, l, r)
			if err != nil {
				return nil, err
			}
			return &itemsOut{&FeatureCollection{Type: "FeatureCollection", Features: list.features, TimeStamp: s.now(), NumberMatched: list.matched,
				NumberReturned: len(list.features), Links: in.pageLinks(f.root, r.Limit, list.next)}}, nil
		})

	web.Register(api, f.get("/collections/{collectionId}/items/{featureId}", "getFeature", "One feature as GeoJSON"),
		func(ctx context.Context, in *itemIn) (*itemOut, error) {
			if err := f.admit(ctx); err != nil {
				return nil, err
			}
			l, err := layerOf(f.layers, web.Actor(ctx), in.Collection)
			if err != nil {
				return nil, err
			}
			var faults fault.Fields
			when := ParseTime(&faults, in.Datetime, s.Zone)
			if err := faults.Err(); err != nil {
				return nil, err
			}
			one, err := f.item(ctx, s, l, in.Feature, when)
			if err != nil {
				return nil, err
			}
			at := in.base + f.root + "/collections/" + l.id
			one.Links = []Link{{at + "/items/" + one.ID, "self", geoJSON, "this feature"}, {at, "collection", plainJSON, "the collection"}}
			return &itemOut{&one}, nil
		})
}
