package clock

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// Routes registers the routes of limits, calendars and office hours. Whoever is signed in may read them: they decide
// by when everybody's work is due.
func Routes(api *web.API, s *Service) {
	h := handlers{s}
	read, manage := web.SignedIn(), web.Need(perm.ClockManage)
	web.Register(api, route(http.MethodGet, "/limits", "listLimits", "All limits of time, by stage and conditions", read), h.list)
	preview := route(http.MethodGet, "/limits/preview", "previewLimits", "The limits of an imagined case, with the times at which they are due", read)
	web.Register(api, preview, h.preview)
	web.Register(api, route(http.MethodGet, "/limits/{id}", "getLimit", "One limit of time", read), h.get)
	create := route(http.MethodPost, "/limits", "createLimit", "Add a limit of time", manage)
	create.Status = http.StatusCreated
	web.Register(api, create, h.create)
	web.Register(api, route(http.MethodPut, "/limits/{id}", "updateLimit", "Change a limit of time; clocks that run keep theirs", manage), h.update)
	web.Register(api, route(http.MethodDelete, "/limits/{id}", "deleteLimit", "Remove a limit of time; clocks that run keep theirs", manage), h.remove)
	calendarRoutes(api, h, read, manage)
	hoursRoutes(api, h, read, manage)
}

func route(method, path, id, summary string, access web.Access) web.Route {
	return web.Route{Method: method, Path: "/api/v1" + path, ID: id, Tag: "limits", Summary: summary, Access: access}
}

type handlers struct{ s *Service }

type limitOut struct{ Body Limit }

type limitList struct {
	Items []Limit `json:"items" nullable:"false"`
}

// LimitFields are what a person may set of a limit.
type LimitFields struct {
	Basis    string `json:"basis,omitempty"`
	Stage    Stage  `json:"stage" enum:"verify,dispatch,accept_order,arrive,progress,handle,check,answer,total,reply,report_in"`
	Category string `json:"category,omitempty"`
	Severity string `json:"severity,omitempty"`
	Channel  string `json:"channel,omitempty"`
	Area     string `json:"area,omitempty"`
	Unit     Unit   `json:"unit" enum:"hours,working_hours,working_days,calendar_days"`
	Amount   int64  `json:"amount"`
	Every    int64  `json:"every,omitempty"`
	From     int64  `json:"from,omitempty"`
	To       int64  `json:"to,omitempty"`
	Active   bool   `json:"active"`
}

func (in LimitFields) limit() Limit {
	return Limit{Basis: in.Basis, Stage: in.Stage, Category: in.Category, Severity: in.Severity, Channel: in.Channel, Area: in.Area,
		Unit: in.Unit, Amount: in.Amount, Every: in.Every, From: in.From, To: in.To, Active: in.Active}
}

func (h handlers) list(ctx context.Context, _ *struct{}) (*struct{ Body limitList }, error) {
	list, err := h.s.List(ctx)
	if err != nil {
		return nil, err
	}
	return &struct{ Body limitList }{limitList{list}}, nil
}

func (h handlers) get(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*limitOut, error) {
	return shown(h.s.Get(ctx, in.ID))
}

func shown(l Limit, err error) (*limitOut, error) {
	if err != nil {
		return nil, err
	}
	return &limitOut{l}, nil
}

func (h handlers) create(ctx context.Context, in *struct{ Body LimitFields }) (*limitOut, error) {
	return shown(h.s.Create(ctx, web.Actor(ctx), in.Body.limit()))
}

func (h handlers) update(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		LimitFields
		Version int64 `json:"version"`
	}
}) (*limitOut, error) {
	l := in.Body.limit()
	l.ID, l.Version = in.ID, in.Body.Version
	return shown(h.s.Update(ctx, web.Actor(ctx), l))
}

func (h handlers) remove(ctx context.Context, in *struct {
	ID      string `path:"id"`
	Version int64  `query:"version" required:"true"`
}) (*struct{}, error) {
	return nil, h.s.Delete(ctx, web.Actor(ctx), in.ID, in.Version)
}

type foreseenList struct {
	At      int64      `json:"at" doc:"when the clocks are taken to start"`
	Items   []Foreseen `json:"items" nullable:"false" doc:"at most one a stage"`
	Missing []int      `json:"missing" nullable:"false" doc:"years that these limits reach and whose holidays nobody entered"`
}

func (h handlers) preview(_ context.Context, in *struct {
	Category string `query:"category"`
	Severity string `query:"severity"`
	Channel  string `query:"channel"`
	Area     string `query:"area" doc:"id of the deepest area in which the place lies"`
	Unit     string `query:"unit" doc:"id of the unit that works on it"`
	At       int64  `query:"at" doc:"when the clocks start, unix ms; now when left out"`
}) (*struct{ Body foreseenList }, error) {
	at, list, missing, err := h.s.Preview(Question(*in))
	if err != nil {
		return nil, err
	}
	return &struct{ Body foreseenList }{foreseenList{at.UnixMilli(), list, missing}}, nil
}
