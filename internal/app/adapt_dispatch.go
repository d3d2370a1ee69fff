package app

import (
	"context"
	"slices"

	"gezhi/internal/clock"
	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/geo"
)

// dispatchPlaces is what the routing rules know of areas.
type dispatchPlaces struct{ grid *grid.Service }

func (p dispatchPlaces) Locate(at geo.Point) []dispatch.Area {
	return routed(places{p.grid}.Locate(at))
}

func (p dispatchPlaces) Path(id string) []dispatch.Area { return routed(places{p.grid}.Path(id)) }

func (p dispatchPlaces) Trunk() []dispatch.Area { return routed(places{p.grid}.Trunk()) }

func routed(path []incident.Area) []dispatch.Area {
	out := make([]dispatch.Area, len(path))
	for i, a := range path {
		out[i] = dispatch.Area(a)
	}
	return out
}

// vocabulary tells the routing rules which words a rule may use.
type vocabulary struct{ app *App }

func (v vocabulary) Kinds() []string { return incident.Kinds }

func (v vocabulary) Severities() []string { return incident.Severities }

func (v vocabulary) Channels() []string {
	var list []string
	for c := range incident.ChannelGroups {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

func (v vocabulary) Stages() []string {
	list := make([]string, len(clock.Stages))
	for n, stage := range clock.Stages {
		list[n] = string(stage)
	}
	return list
}

func (v vocabulary) HasCategory(code string) bool {
	_, ok := v.app.Incident.Categories().Get(code)
	return ok
}

func (v vocabulary) HasAreaKind(code string) bool {
	return slices.ContainsFunc(v.app.Grid.Tree().Kinds(), func(k grid.Kind) bool { return k.Code == code })
}

// pastWork tells the routing rules of incidents that were dispatched.
type pastWork struct{ app *App }

func (p pastWork) Latest(ctx context.Context, limit int) ([]dispatch.Case, error) {
	list, err := p.app.Incident.Latest(ctx, limit)
	out := make([]dispatch.Case, len(list))
	for n, c := range list {
		out[n] = dispatch.Case{ID: c.ID, Number: c.Number, UnitID: c.UnitID, Situation: situationOf(c.Situation)}
	}
	return out, err
}

func situationOf(s incident.Situation) dispatch.Situation {
	return dispatch.Situation{Category: s.Category, Kind: s.Kind, Severity: s.Severity, Channel: s.Channel, Path: routed(s.Path), Avoid: s.Avoid,
		At: s.At, Position: s.Position, Unplaced: s.Unplaced}
}
