package geoapi

import (
	"context"

	"gezhi/internal/kit/web"
)

type landingView struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Links       []Link `json:"links" nullable:"false"`
}

type conformanceView struct {
	ConformsTo []string `json:"conformsTo" nullable:"false"`
}

// conformance lists the parts of the standard that hold.
var conformance = conformanceView{[]string{
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
	"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
}}

type collectionsView struct {
	Links       []Link       `json:"links" nullable:"false"`
	Collections []Collection `json:"collections" nullable:"false"`
}

type collectionIn struct {
	Origin
	Collection string `path:"collectionId" maxLength:"40"`
}

type answer[T any] struct{ Body T }

func (f face) collection(base string, l layer, e *Extent) Collection {
	at := base + f.root + "/collections/" + l.id
	return Collection{ID: l.id, Title: l.title, Description: l.about, ItemType: "feature", Extent: e, CRS: []string{crs84},
		Links: []Link{{at, "self", plainJSON, l.title}, {at + "/items", "items", geoJSON, l.title}}}
}

// describe adds the routes that say what there is.
func (f face) describe(api *web.API, s *Service) {
	web.Register(api, f.get("", "getGeoLanding", "OGC API Features: where to begin"),
		func(ctx context.Context, in *Origin) (*answer[landingView], error) {
			at := in.base + f.root
			return &answer[landingView]{landingView{f.title, f.about, []Link{
				{at, "self", plainJSON, "this document"},
				{at + "/conformance", "conformance", plainJSON, "what holds of the standard"},
				{at + "/collections", "data", plainJSON, "the collections"},
				{at + "/api", "service-desc", documentType, "the routes"},
			}}}, f.admit(ctx)
		})

	web.Register(api, f.get("/conformance", "getGeoConformance", "Which parts of OGC API Features hold"),
		func(ctx context.Context, _ *struct{}) (*answer[conformanceView], error) {
			return &answer[conformanceView]{conformance}, f.admit(ctx)
		})

	web.Register(api, f.get("/collections", "listCollections", "The collections of features that you may see"),
		func(ctx context.Context, in *Origin) (*answer[collectionsView], error) {
			out := &answer[collectionsView]{collectionsView{Collections: []Collection{},
				Links: []Link{{in.base + f.root + "/collections", "self", plainJSON, "this document"}}}}
			e := s.extent()
			for _, l := range f.layers {
				if l.may(web.Actor(ctx)) {
					out.Body.Collections = append(out.Body.Collections, f.collection(in.base, l, e))
				}
			}
			return out, f.admit(ctx)
		})

	web.Register(api, f.get("/collections/{collectionId}", "getCollection", "One collection"),
		func(ctx context.Context, in *collectionIn) (*answer[Collection], error) {
			if err := f.admit(ctx); err != nil {
				return nil, err
			}
			l, err := layerOf(f.layers, web.Actor(ctx), in.Collection)
			if err != nil {
				return nil, err
			}
			return &answer[Collection]{f.collection(in.base, l, s.extent())}, nil
		})
}
