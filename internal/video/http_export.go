package video

import (
	"context"
	"strconv"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
)

type exportIn struct {
	bulk.Lang
	ListQuery
}

// ExportRoutes registers the cameras as a table: a row for every stream, in the columns in which the register can be
// brought in again, and one row for a camera that has none.
func ExportRoutes(api *web.API, s *Service, d *bulk.Desk) {
	bulk.Export(api, d, bulk.List{Name: "cameras", Path: "/api/v1/cameras", ID: "exportCameras", Tag: "video", Access: maySee,
		Columns: []sheet.Column{{Key: "number", Width: 18}, {Key: "name", Width: 30}, {Key: "kind", Width: 14}, {Key: "state", Width: 10}, {Key: "lon", Width: 12},
			{Key: "lat", Width: 12}, {Key: "unit", Width: 24}, {Key: "area", Width: 40}, {Key: "stream", Width: 16}, {Key: "stream_name", Width: 24},
			{Key: "stream_state"}, {Key: "stream_address", Width: 40}}},
		func(ctx context.Context, in *exportIn, say words.Speaker, row bulk.Row) error {
			f := in.filter()
			return bulk.Pages(func(cursor string) (string, error) {
				f.Cursor, f.Limit = cursor, page.MaxLimit
				list, next, err := s.List(ctx, web.Actor(ctx), f)
				if err != nil {
					return "", err
				}
				for _, c := range list {
					if err := s.rows(c, say, row); err != nil {
						return "", err
					}
				}
				return next, nil
			})
		})
}

func (s *Service) rows(c Camera, say words.Speaker, row bulk.Row) error {
	v := s.view(c)
	owner := ""
	if v.Owner != nil {
		owner = v.Owner.Name
	}
	head := []any{v.Number, v.Name, say.Say("video.kind." + v.Kind), say.Say("video.state." + v.State), degrees(v.Lon), degrees(v.Lat), owner, v.Path}
	if len(v.Streams) == 0 {
		return row(append(head, "", "", "", "")...)
	}
	for _, one := range v.Streams {
		if err := row(append(head[:len(head):len(head)], one.Number, one.Name, say.Say("video.state."+one.State), one.Address)...); err != nil {
			return err
		}
	}
	return nil
}

// degrees writes a coordinate to within ten centimetres.
func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }
