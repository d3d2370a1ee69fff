package clock

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

type hoursOut struct{ Body HoursView }

func hoursRoutes(api *web.API, h handlers, read, manage web.Access) {
	web.Register(api, route(http.MethodGet, "/units/{id}/hours", "getUnitHours", "The office hours of a unit", read), h.hours)
	web.Register(api, route(http.MethodPut, "/units/{id}/hours", "putUnitHours", "Give a unit office hours of its own", manage), h.putHours)
	web.Register(api, route(http.MethodDelete, "/units/{id}/hours", "deleteUnitHours", "Let a unit follow the common calendar again", manage), h.deleteHours)
}

func hoursShown(v HoursView, err error) (*hoursOut, error) {
	if err != nil {
		return nil, err
	}
	return &hoursOut{v}, nil
}

func (h handlers) hours(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*hoursOut, error) {
	return hoursShown(h.s.UnitHours(ctx, in.ID))
}

func (h handlers) putHours(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Week     [][]Window `json:"week" nullable:"false" doc:"the windows of each weekday, Sunday first"`
		Holidays bool       `json:"holidays,omitempty" doc:"works on holidays too"`
		Version  int64      `json:"version" doc:"0 while the unit has none of its own"`
	}
}) (*hoursOut, error) {
	return hoursShown(h.s.PutHours(ctx, web.Actor(ctx), in.ID, in.Body.Week, in.Body.Holidays, in.Body.Version))
}

func (h handlers) deleteHours(ctx context.Context, in *struct {
	ID      string `path:"id"`
	Version int64  `query:"version" required:"true"`
}) (*hoursOut, error) {
	return hoursShown(h.s.DeleteHours(ctx, web.Actor(ctx), in.ID, in.Version))
}
