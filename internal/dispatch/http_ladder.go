package dispatch

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

func ladderRoutes(api *web.API, h handlers) {
	read := []authz.Permission{perm.RuleManage, perm.IncidentDispatch}
	web.Register(api, ladderRoute(http.MethodGet, "", "listLadders", "All ladders, in the order in which they count", read...), h.ladders)
	web.Register(api, ladderRoute(http.MethodGet, "/{id}", "getLadder", "One ladder", read...), h.ladder)
	create := ladderRoute(http.MethodPost, "", "createLadder", "Add a ladder", perm.RuleManage)
	create.Status = http.StatusCreated
	web.Register(api, create, h.createLadder)
	web.Register(api, ladderRoute(http.MethodPut, "/{id}", "updateLadder", "Change a ladder", perm.RuleManage), h.updateLadder)
	web.Register(api, ladderRoute(http.MethodDelete, "/{id}", "deleteLadder", "Remove a ladder", perm.RuleManage), h.removeLadder)
}

func ladderRoute(method, path, id, summary string, any ...authz.Permission) web.Route {
	return web.Route{Method: method, Path: "/api/v1/ladders" + path, ID: id, Tag: "ladders", Summary: summary, Access: web.Need(any...)}
}

type ladderOut struct{ Body Ladder }

type laddersOut struct{ Body ladderList }

type ladderList struct {
	Items []Ladder `json:"items" nullable:"false"`
}

// LadderFields are what a person may set of a ladder.
type LadderFields struct {
	Name     string       `json:"name"`
	Stage    string       `json:"stage,omitempty"`
	Severity string       `json:"severity,omitempty"`
	Category string       `json:"category,omitempty"`
	Steps    []LadderStep `json:"steps" maxItems:"5"`
	Active   bool         `json:"active"`
}

func (in LadderFields) ladder() Ladder {
	return Ladder{Name: in.Name, Stage: in.Stage, Severity: in.Severity, Category: in.Category, Steps: in.Steps, Active: in.Active}
}

func (h handlers) ladders(ctx context.Context, _ *struct{}) (*laddersOut, error) {
	list, err := h.s.ListLadders(ctx, web.Actor(ctx))
	if err != nil {
		return nil, err
	}
	return &laddersOut{ladderList{list}}, nil
}

func (h handlers) ladder(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*ladderOut, error) {
	return shownLadder(h.s.GetLadder(ctx, web.Actor(ctx), in.ID))
}

func shownLadder(l Ladder, err error) (*ladderOut, error) {
	if err != nil {
		return nil, err
	}
	return &ladderOut{l}, nil
}

func (h handlers) createLadder(ctx context.Context, in *struct{ Body LadderFields }) (*ladderOut, error) {
	return shownLadder(h.s.CreateLadder(ctx, web.Actor(ctx), in.Body.ladder()))
}

func (h handlers) updateLadder(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		LadderFields
		Version int64 `json:"version"`
	}
}) (*ladderOut, error) {
	l := in.Body.ladder()
	l.ID, l.Version = in.ID, in.Body.Version
	return shownLadder(h.s.UpdateLadder(ctx, web.Actor(ctx), l))
}

func (h handlers) removeLadder(ctx context.Context, in *struct {
	ID      string `path:"id"`
	Version int64  `query:"version" required:"true"`
}) (*struct{}, error) {
	return nil, h.s.DeleteLadder(ctx, web.Actor(ctx), in.ID, in.Version)
}
