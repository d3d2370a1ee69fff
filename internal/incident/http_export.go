package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// IncidentSearch are the filters of the list of incidents.
type IncidentSearch = incidentsIn

type incidentExportIn struct {
	bulk.Lang
	IncidentSearch
}

// ExportRoutes registers incidents and categories as tables. A table of incidents holds what the same search shows to
// the same person, masked alike; it has no reporter.
func ExportRoutes(api *web.API, s *Service, d *bulk.Desk) {
	bulk.Export(api, d, bulk.List{Name: "incidents", Path: "/api/v1/incidents", ID: "exportIncidents", Tag: "incident", Access: web.Need(perm.IncidentRead),
		Columns: []sheet.Column{{Key: "number", Width: 18}, {Key: "received_at", Kind: sheet.Time}, {Key: "state", Width: 12}, {Key: "category", Width: 18}, {Key: "severity", Width: 10},
			{Key: "channel"}, {Key: "title", Width: 36}, {Key: "text", Width: 60}, {Key: "details", Width: 40}, {Key: "area", Width: 40}, {Key: "units", Width: 28}, {Key: "closed_at", Kind: sheet.Time}}},
		s.exportIncidents)
	bulk.Export(api, d, bulk.List{Name: "categories", Path: "/api/v1/categories", ID: "exportCategories", Tag: "categories", Access: web.Need(perm.CategoryManage),
		Columns: []sheet.Column{{Key: "code", Width: 24}, {Key: "name", Width: 22}, {Key: "name_en", Width: 28}, {Key: "above", Width: 22}, {Key: "incident_kind"}, {Key: "severity"},
			{Key: "public", Kind: sheet.Bool}, {Key: "words", Width: 50}, {Key: "active", Kind: sheet.Bool}}}, s.exportCategories)
	hotSpotExport(api, s, d)
}

func (s *Service) exportIncidents(ctx context.Context, in *incidentExportIn, say words.Speaker, row bulk.Row) error {
	actor := web.Actor(ctx)
	err := bulk.Expect(ctx, func(ctx context.Context, most int) (int, error) {
		f, err := in.filter()
		if err != nil {
			return 0, err
		}
		return s.Count(ctx, actor, f, most)
	})
	if err != nil {
		return err
	}
	return bulk.Pages(func(cursor string) (string, error) {
		in.Limit, in.Cursor = page.MaxLimit, cursor
		f, err := in.filter()
		if err != nil {
			return "", err
		}
		list, next, err := s.List(ctx, actor, f)
		if err != nil {
			return "", err
		}
		for _, i := range list {
			if err := row(incidentRow(s.View(actor, i), say)...); err != nil {
				return "", err
			}
		}
		return next, nil
	})
}

func incidentRow(v View, say words.Speaker) []any {
	category, area := "", ""
	if v.Category != nil {
		category = say.Pick(v.Category.Name, v.Category.NameEN)
	}
	if v.Area != nil {
		names := make([]string, len(v.Area.Path))
		for i, a := range v.Area.Path {
			names[i] = a.Name
		}
		area = strings.Join(names, "/")
	}
	units := make([]string, 0, len(v.Orders))
	for _, o := range v.Orders {
		units = append(units, o.Unit.Name)
	}
	return []any{v.Number, v.ReceivedAt, say.Say("state." + string(v.State)), category, say.Say("option.severity." + v.Severity),
		say.Say("option.channel." + v.Channel), v.Title, v.Text, detailLines(v.Details, say), area, strings.Join(units, "\n"), v.Times.ClosedAt}
}

func detailLines(details []DetailView, say words.Speaker) string {
	lines := make([]string, len(details))
	for i, d := range details {
		lines[i] = say.Pick(d.Label+"："+d.Text, d.LabelEN+": "+d.TextEN)
	}
	return strings.Join(lines, "\n")
}

func (s *Service) exportCategories(_ context.Context, _ *bulk.Lang, say words.Speaker, row bulk.Row) error {
	all := s.Categories()
	for _, k := range all.list {
		above := ""
		if p, ok := all.Get(k.Parent); ok {
			above = say.Pick(p.NameZH, p.NameEN)
		}
		if err := row(k.Code, k.NameZH, k.NameEN, above, say.Say("option.kind."+k.Kind), say.Say("option.severity."+k.Severity), k.Public, k.Words, k.Active); err != nil {
			return err
		}
	}
	return nil
}
