package geoapi

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

// TileJSON says where the tiles of a layer are and what they hold (TileJSON 3.0.0).
type TileJSON struct {
	TileJSON     string        `json:"tilejson"`
	Name         string        `json:"name"`
	Tiles        []string      `json:"tiles" nullable:"false"`
	Attribution  string        `json:"attribution,omitempty"`
	MinZoom      int           `json:"minzoom"`
	MaxZoom      int           `json:"maxzoom"`
	Bounds       []float64     `json:"bounds,omitempty"`
	VectorLayers []VectorLayer `json:"vector_layers" nullable:"false"`
}

// VectorLayer describes one layer of a tile.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

var vectorLayers = map[string][]VectorLayer{
	areasID: {{areasID, "boundaries that hold now", 0, dataZoom, map[string]string{"id": "String", "name": "String", "code": "String", "level": "String", "kind": "String"}}},
	incidentsID: {
		{"clusters", "how many incidents lie here, below zoom 13 or where there are more than 2,000 on a tile", 0, dataZoom, map[string]string{"count": "Number", "overdue": "Number"}},
		{incidentsID, "incidents one by one", clusterZoom, dataZoom, map[string]string{"id": "String", "number": "String", "state": "String", "kind": "String",
			"category": "String", "severity": "String", "urgent": "Boolean", "overdue": "Boolean", "received_at": "Number"}},
	},
}

type tileSetIn struct {
	Origin
	Layer string `path:"layer" enum:"areas,incidents"`
}

type tileIn struct {
	Layer    string `path:"layer" enum:"areas,incidents"`
	Z        int    `path:"z"`
	X        int    `path:"x"`
	Y        string `path:"y" maxLength:"20" doc:"row, with or without .mvt behind it"`
	Datetime string `query:"datetime" maxLength:"80" doc:"of incidents: when they were received; without it those in which work goes on now"`
	Accept   string `header:"Accept-Encoding"`
	Known    string `header:"If-None-Match"`
}

type tileOut struct {
	Status   int
	Type     string `header:"Content-Type"`
	Encoding string `header:"Content-Encoding"`
	Cache    string `header:"Cache-Control"`
	Vary     string `header:"Vary"`
	Tag      string `header:"ETag"`
	Body     []byte
}

// tile reads which one is asked for.
func (in *tileIn) tile() (Tile, error) {
	y, err := strconv.Atoi(strings.TrimSuffix(in.Y, ".mvt"))
	t := Tile{in.Z, in.X, y}
	if err != nil || !t.Valid() {
		return t, fault.Missing("tile")
	}
	return t, nil
}

func tileRoutes(api *web.API, s *Service) {
	route := web.Route{Method: http.MethodGet, Path: "/api/v1/tiles/{layer}", ID: "getTileSet", Tag: tag, Summary: "Where the vector tiles of a layer are, as TileJSON", Access: web.Need(seeAny...)}
	web.Register(api, route, func(ctx context.Context, in *tileSetIn) (*answer[TileJSON], error) {
		l, err := layerOf(layers, web.Actor(ctx), in.Layer)
		if err != nil {
			return nil, err
		}
		out := TileJSON{TileJSON: "3.0.0", Name: l.title, MaxZoom: dataZoom, VectorLayers: vectorLayers[l.id],
			Tiles: []string{in.base + "/api/v1/tiles/" + url.PathEscape(l.id) + "/{z}/{x}/{y}.mvt"}}
		if e := s.extent(); e != nil {
			out.Bounds = e.Spatial.BBox[0]
		}
		return &answer[TileJSON]{out}, nil
	})

	route.Path, route.ID, route.Summary = "/api/v1/tiles/{layer}/{z}/{x}/{y}", "getTile", "A vector tile; 204 where it is empty"
	web.Register(api, route, func(ctx context.Context, in *tileIn) (*tileOut, error) {
		l, err := layerOf(layers, web.Actor(ctx), in.Layer)
		if err != nil {
			return nil, err
		}
		t, err := in.tile()
		if err != nil {
			return nil, err
		}
		var f fault.Fields
		when := ParseTime(&f, in.Datetime, s.Zone)
		if err := f.Err(); err != nil {
			return nil, err
		}
		if l.id == areasID {
			return in.send(s.areaTile(t), "private, max-age=60"), nil
		}
		raw, err := s.incidentTile(ctx, web.Actor(ctx), t, when)
		return in.send(raw, "private, max-age=5"), err
	})
}

// send answers with a tile, or says that the one that the caller has is the same.
func (in *tileIn) send(raw []byte, cache string) *tileOut {
	sum := sha256.Sum256(raw)
	out := &tileOut{Status: http.StatusOK, Cache: cache, Vary: "Accept-Encoding, Authorization, Cookie", Tag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	switch {
	case strings.Contains(in.Known, out.Tag):
		out.Status = http.StatusNotModified
	case len(raw) == 0:
		out.Status = http.StatusNoContent
	default:
		out.Type, out.Body = "application/vnd.mapbox-vector-tile", raw
		if strings.Contains(in.Accept, "gzip") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write(raw) // into memory
			_ = z.Close()
			out.Encoding, out.Body = "gzip", b.Bytes()
		}
	}
	return out
}
