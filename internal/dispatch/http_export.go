package dispatch

import (
	"context"
	"fmt"
	"strings"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// Names gives the names of what rules refer to by code or id.
type Names interface {
	Category(code string, say words.Speaker) string
	Unit(id string) string
}

// ExportRoutes registers the routing rules as a table, in the order in which they are tried.
func ExportRoutes(api *web.API, s *Service, d *bulk.Desk, names Names) {
	bulk.Export(api, d, bulk.List{Name: "rules", Path: "/api/v1/rules", ID: "exportRules", Tag: "rules", Access: web.Need(perm.RuleManage, perm.IncidentDispatch),
		Columns: []sheet.Column{{Key: "order", Kind: sheet.Number}, {Key: "name", Width: 28}, {Key: "category", Width: 22}, {Key: "incident_kind"}, {Key: "severity"}, {Key: "channel"},
			{Key: "area_kind"}, {Key: "days"}, {Key: "hours"}, {Key: "target"}, {Key: "value", Width: 26}, {Key: "capacity", Kind: sheet.Number}, {Key: "inform", Width: 22}, {Key: "pool", Kind: sheet.Bool}, {Key: "automatic", Kind: sheet.Bool}, {Key: "active", Kind: sheet.Bool}}},
		func(ctx context.Context, _ *bulk.Lang, say words.Speaker, row bulk.Row) error {
			rules, err := s.List(ctx, web.Actor(ctx))
			if err != nil {
				return err
			}
			for i, r := range rules {
				value := r.Value
				if r.Target == ByUnit {
					value = names.Unit(r.Value)
				} else if value != "" {
					value = say.Say("units.speciality." + value)
				}
				if err := row(i+1, r.Name, names.Category(r.Category, say), option(say, "kind", r.Kind), option(say, "severity", r.Severity), option(say, "channel", r.Channel),
					r.AreaKind, daysText(say, r.Days), hoursText(r), say.Say("rules.target."+string(r.Target)), value, capacityCell(r), informText(say, r), r.Pool, r.Automatic, r.Active); err != nil {
					return err
				}
			}
			return nil
		})
}

// option names a choice, ” for none.
func option(say words.Speaker, field, value string) string {
	if value == "" {
		return ""
	}
	return say.Say("option." + field + "." + value)
}

// daysText names days, ” for every day.
func daysText(say words.Speaker, days string) string {
	if days == "" || days == Workdays || days == Restdays {
		if days == "" {
			return ""
		}
		return say.Say("rules.days." + days)
	}
	var names []string
	for _, day := range days {
		names = append(names, say.Say("rules.days."+string(day)))
	}
	return strings.Join(names, ", ")
}

// hoursText is the time of day, ” for any.
func hoursText(r Rule) string {
	if r.From == r.To {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", r.From/60, r.From%60, r.To/60, r.To%60)
}

// capacityCell is empty for no limit.
func capacityCell(r Rule) any {
	if r.Capacity == 0 {
		return nil
	}
	return r.Capacity
}

func informText(say words.Speaker, r Rule) string {
	var names []string
	for _, who := range r.Inform {
		names = append(names, say.Say("rules.inform."+who))
	}
	return strings.Join(names, ", ")
}
