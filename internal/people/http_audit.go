package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type auditInput struct {
	Actor    string `query:"actor" maxLength:"100" doc:"id, or part of the name"`
	Action   string `query:"action" maxLength:"100" doc:"e.g. account.disable, or account for all of them"`
	Object   string `query:"object" maxLength:"100" doc:"kind of the thing"`
	ObjectID string `query:"object_id" maxLength:"100"`
	From     int64  `query:"from" minimum:"0" doc:"unix ms"`
	To       int64  `query:"to" minimum:"0" doc:"unix ms, exclusive"`
	Limit    int    `query:"limit" minimum:"0" maximum:"200" doc:"default 50"`
	Cursor   string `query:"cursor" maxLength:"1000"`
}

// AuditView is an entry of the trail.
type AuditView struct {
	ID        string            `json:"id"`
	At        int64             `json:"at" doc:"unix ms"`
	ActorID   string            `json:"actor_id" doc:"'' for the program itself"`
	ActorName string            `json:"actor_name"`
	Action    string            `json:"action"`
	Object    string            `json:"object"`
	ObjectID  string            `json:"object_id"`
	Name      string            `json:"object_name" doc:"of the person, unit or area, as it is now; '' when it has none"`
	Detail    map[string]string `json:"detail"`
	Sealed    bool              `json:"sealed" doc:"part of the chain; entries are sealed some seconds later"`
}

// AuditPage is a part of the trail, newest first.
type AuditPage struct {
	Items []AuditView `json:"items" nullable:"false"`
	Next  string      `json:"next" doc:"cursor of the next ones; '' at the end"`
}

func (h *handlers) auditRoutes(api *web.API) {
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/audit", ID: "listAudit", Tag: "audit",
		Summary: "Who changed or looked at what", Access: web.Need(perm.AuditRead)},
		func(ctx context.Context, in *auditInput) (*answer[AuditPage], error) {
			rows, next, err := h.s.Audit.List(ctx, audit.Query{Actor: in.Actor, Action: in.Action, Object: in.Object,
				ObjectID: in.ObjectID, From: in.From, To: in.To, Limit: in.Limit, Cursor: in.Cursor})
			if err != nil {
				return nil, err
			}
			page := AuditPage{Items: make([]AuditView, len(rows)), Next: next}
			for i, r := range rows {
				page.Items[i] = AuditView{ID: r.ID, At: r.At, ActorID: r.ActorID, ActorName: r.ActorName, Action: r.Action,
					Object: r.Object, ObjectID: r.ObjectID, Name: h.objectName(r), Detail: r.Detail, Sealed: r.Seal > 0}
			}
			return bodyOf(page), nil
		})
}

// objectName names the thing of an entry, because who reads the trail may not look it up.
func (h *handlers) objectName(r audit.Row) string {
	switch r.Object {
	case "account":
		return h.s.directory.PersonName(r.ObjectID)
	case "unit":
		return h.s.directory.UnitName(r.ObjectID)
	case "area":
		return h.s.Areas.Name(r.ObjectID)
	}
	return ""
}
