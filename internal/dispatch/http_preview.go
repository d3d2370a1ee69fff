package dispatch

import (
	"context"

	"gezhi/internal/kit/web"
)

type previewIn struct {
	Body struct {
		Category string   `json:"category,omitempty"`
		Kind     string   `json:"kind,omitempty"`
		Severity string   `json:"severity,omitempty"`
		Channel  string   `json:"channel,omitempty"`
		Lon      *float64 `json:"lon,omitempty"`
		Lat      *float64 `json:"lat,omitempty"`
		Datum    string   `json:"datum,omitempty" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
		Area     string   `json:"area,omitempty" doc:"id of an area, in place of a position"`
	}
}

type previewOut struct{ Body previewBody }

type previewBody struct {
	RuleID    string    `json:"rule_id,omitempty" doc:"empty for the fallback"`
	Unit      *unitName `json:"unit,omitempty" doc:"missing when nobody would get it"`
	PersonID  string    `json:"person_id,omitempty"`
	Pool      bool      `json:"pool"`
	Automatic bool      `json:"automatic"`
	Reason    Reason    `json:"reason"`
	Placed    bool      `json:"placed" doc:"whether the place is known"`
	Path      []Area    `json:"path"`
	Tried     []Trial   `json:"tried" doc:"every rule until one was chosen"`
}

type unitName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (h handlers) preview(ctx context.Context, in *previewIn) (*previewOut, error) {
	b := in.Body
	p, err := h.s.Preview(web.Actor(ctx), Question{Category: b.Category, Kind: b.Kind, Severity: b.Severity, Channel: b.Channel,
		Lon: b.Lon, Lat: b.Lat, Datum: b.Datum, Area: b.Area})
	if err != nil {
		return nil, err
	}
	d := p.Decision
	out := previewBody{RuleID: d.RuleID, PersonID: d.PersonID, Pool: d.Pool, Automatic: d.Automatic, Reason: d.Reason,
		Placed: p.Placed, Path: p.Path, Tried: p.Tried}
	if out.Path == nil {
		out.Path = []Area{}
	}
	if d.UnitID != "" {
		out.Unit = &unitName{p.Unit.ID, p.Unit.Name}
	}
	return &previewOut{out}, nil
}
