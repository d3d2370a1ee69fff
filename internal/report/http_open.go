package report

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
)

// PublicRoutes registers open data, which anybody may fetch at a bounded rate.
func PublicRoutes(api *web.API, s *Service, gate *web.Gate) {
	for _, one := range []struct {
		end, id, kind string
		write         func(ctx context.Context, out io.Writer, from, to string) error
	}{{"csv", "openDataCSV", sheet.CSVType, s.openCSV}, {"geojson", "openDataGeoJSON", "application/geo+json", s.openGeoJSON}} {
		route := web.Route{Method: http.MethodGet, Path: "/api/v1/public/open-data/incidents." + one.end, ID: one.id, Tag: "open data",
			Summary: "Everyday matters of public categories, without words, at the middle of their micro-grid", Access: web.Open()}
		web.Register(api, route, func(ctx context.Context, in *struct {
			From string `query:"from" maxLength:"10" doc:"first day; with to left out as well: the last thirty"`
			To   string `query:"to" maxLength:"10"`
		}) (*huma.StreamResponse, error) {
			if err := gate.Look(ctx); err != nil {
				return nil, err
			}
			from, to, err := s.openDays(in.From, in.To)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(hc huma.Context) {
				hc.SetHeader("Content-Type", one.kind)
				hc.SetHeader("Content-Disposition", `attachment; filename="open-data-`+from+"."+one.end+`"`)
				_, w := humago.Unwrap(hc)
				if err := one.write(ctx, w, from, to); err != nil {
					if ctx.Err() == nil {
						slog.Error("open data ended half way", "error", err)
					}
					panic(http.ErrAbortHandler) // a part must not look like the whole
				}
			}}, nil
		})
	}
}
