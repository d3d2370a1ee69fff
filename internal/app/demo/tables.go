package demo

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/report"
)

// onTheShelf are the tables that the demo's leader shares.
var onTheShelf = []report.Table{
	{Name: "各社区近30天接报与办结", Definition: report.Definition{Subject: "incidents", Rows: "area", Period: "last30",
		Values: []string{"received", "closed", "overdue", "closing_in_time", "satisfaction"}}},
	{Name: "近7天各渠道每日接报", Definition: report.Definition{Subject: "incidents", Rows: "day", Columns: "channel", Period: "last7", Values: []string{"received"}}},
	{Name: "本月各单位工单办理", Definition: report.Definition{Subject: "orders", Rows: "unit", Period: "month",
		Values: []string{"orders", "orders_handled", "orders_returned", "orders_ms_handle"}}},
}

// LoadTables lets a leader share the demo's tables.
func LoadTables(ctx context.Context, r *report.Service, leader authz.Actor) error {
	for _, one := range onTheShelf {
		one.Shared = true
		if _, err := r.Keep(ctx, leader, one); err != nil {
			return err
		}
	}
	return nil
}
