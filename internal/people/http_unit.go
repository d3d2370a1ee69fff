package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// UnitFields is what can be said about a unit.
type UnitFields struct {
	Code       string `json:"code,omitempty" maxLength:"40" doc:"made when missing"`
	Name       string `json:"name" maxLength:"80"`
	Kind       string `json:"kind" enum:"centre,station,department,community,team,company"`
	Speciality string `json:"speciality,omitempty" maxLength:"40" doc:"what routing rules ask for, e.g. police"`
	Parent     string `json:"parent,omitempty" maxLength:"64" doc:"id of a unit"`
	Area       string `json:"area,omitempty" maxLength:"64" doc:"id of an area; missing: responsible everywhere"`
	Section    string `json:"section,omitempty" maxLength:"80"`
	Phone      string `json:"phone,omitempty" maxLength:"24"`
	Address    string `json:"address,omitempty" maxLength:"200"`
	Approves   bool   `json:"approves_replies,omitempty" doc:"somebody else of the unit approves replies before they go out"`
}

func (u UnitFields) unit() Unit {
	return Unit{Code: u.Code, Name: u.Name, Kind: UnitKind(u.Kind), Speciality: u.Speciality, ParentID: u.Parent, AreaID: u.Area,
		Section: u.Section, Phone: u.Phone, Address: u.Address, Approves: u.Approves}
}

type unitListInput struct {
	ListParams
	Kind string `query:"kind" enum:"centre,station,department,community,team,company"`
	Area string `query:"area" maxLength:"64"`
	Open string `query:"open" enum:"true,false"`
}

// UnitPage is a part of the list of units.
type UnitPage struct {
	Items []UnitView `json:"items" nullable:"false"`
	Next  string     `json:"next" doc:"cursor of the next ones; '' at the end"`
}

type unitCreateInput struct{ Body UnitFields }

// UnitChange replaces what is said about a unit, over the version that was read.
type UnitChange struct {
	UnitFields
	Version int64 `json:"version"`
}

type unitUpdateInput struct {
	ByID
	Body UnitChange
}

// VersionOnly names the version on which a change is made.
type VersionOnly struct {
	Version int64 `json:"version"`
}

type unitVersionInput struct {
	ByID
	Body VersionOnly
}

func (h *handlers) unitRoutes(api *web.API) {
	read, manage := web.Need(perm.UnitRead), web.Need(perm.UnitManage)
	route := func(method, path, id, summary string, access web.Access, status int) web.Route {
		return web.Route{Method: method, Path: "/api/v1/units" + path, ID: id, Tag: "units", Summary: summary, Access: access, Status: status}
	}
	web.Register(api, route(http.MethodGet, "", "listUnits", "List units", read, 0), h.listUnits)
	web.Register(api, route(http.MethodPost, "", "createUnit", "Make a unit", manage, http.StatusCreated),
		func(ctx context.Context, in *unitCreateInput) (*answer[UnitView], error) {
			return h.unitAnswer(ctx)(h.s.CreateUnit(ctx, web.Actor(ctx), in.Body.unit()))
		})
	web.Register(api, route(http.MethodGet, "/{id}", "getUnit", "One unit", read, 0),
		func(ctx context.Context, in *ByID) (*answer[UnitView], error) {
			return h.unitAnswer(ctx)(h.s.Unit(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(http.MethodPut, "/{id}", "updateUnit", "Change a unit", manage, 0),
		func(ctx context.Context, in *unitUpdateInput) (*answer[UnitView], error) {
			u := in.Body.unit()
			u.ID, u.Version = in.ID, in.Body.Version
			return h.unitAnswer(ctx)(h.s.UpdateUnit(ctx, web.Actor(ctx), u))
		})
	web.Register(api, route(http.MethodPost, "/{id}/close", "closeUnit", "Close a unit that nobody works in", manage, 0),
		func(ctx context.Context, in *unitVersionInput) (*answer[UnitView], error) {
			return h.unitAnswer(ctx)(h.s.CloseUnit(ctx, web.Actor(ctx), in.ID, in.Body.Version))
		})
	web.Register(api, route(http.MethodPost, "/{id}/reopen", "reopenUnit", "Open a closed unit again", manage, 0),
		func(ctx context.Context, in *unitVersionInput) (*answer[UnitView], error) {
			return h.unitAnswer(ctx)(h.s.ReopenUnit(ctx, web.Actor(ctx), in.ID, in.Body.Version))
		})
}

func (h *handlers) listUnits(ctx context.Context, in *unitListInput) (*answer[UnitPage], error) {
	units, next, err := h.s.Units(ctx, web.Actor(ctx), UnitQuery{Text: in.Q, Kind: UnitKind(in.Kind), AreaID: in.Area,
		Open: yesNo(in.Open), Sort: in.Sort, Limit: in.Limit, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	page := UnitPage{Items: make([]UnitView, len(units)), Next: next}
	for i, u := range units {
		page.Items[i] = h.s.unitView(u)
	}
	return bodyOf(page), nil
}

func (h *handlers) unitAnswer(ctx context.Context) func(Unit, error) (*answer[UnitView], error) {
	return func(u Unit, err error) (*answer[UnitView], error) {
		if err != nil {
			return nil, h.shown(ctx, err)
		}
		return bodyOf(h.s.unitView(u)), nil
	}
}
