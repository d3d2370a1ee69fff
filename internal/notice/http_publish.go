package notice

import (
	"context"
	"net/http"
	"strings"
	"time"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

type publishInput struct {
	Body struct {
		Kind      string   `json:"kind" enum:"notice,emergency"`
		Title     string   `json:"title"`
		Text      string   `json:"text"`
		TitleEN   string   `json:"title_en,omitempty"`
		TextEN    string   `json:"text_en,omitempty"`
		Area      string   `json:"area,omitempty" doc:"'' for all that the publisher reaches"`
		Audiences []string `json:"audiences" doc:"screens, desks, phones, residents"`
		From      int64    `json:"from,omitempty" doc:"unix ms; absent: now"`
		Until     int64    `json:"until" doc:"unix ms"`
		Confirmed bool     `json:"confirmed,omitempty" doc:"an emergency: whoever publishes it has seen what it reaches"`
	}
}

// publishRoutes are for whoever publishes.
func publishRoutes(api *web.API, s *Service) {
	may := web.Need(perm.NoticePublish)
	type reachOut struct{ Body ReachView }
	web.Register(api, route(may, http.MethodPost, "/preview", "previewNotice", "What a notice would reach"),
		func(ctx context.Context, in *struct {
			Body struct {
				Area      string   `json:"area,omitempty"`
				Audiences []string `json:"audiences"`
			}
		}) (*reachOut, error) {
			r, err := s.Preview(ctx, web.Actor(ctx), in.Body.Area, in.Body.Audiences)
			if err != nil {
				return nil, err
			}
			return &reachOut{ReachView{Areas: s.areaNames(r.Areas), People: r.People, OnDuty: r.OnDuty, ByRole: r.ByRole, Screens: r.Screens, Residents: r.Residents}}, nil
		})
	publish := route(may, http.MethodPost, "", "publishNotice", "Publish a notice now or for a time to come")
	publish.Status = http.StatusCreated
	web.Register(api, publish, func(ctx context.Context, in *publishInput) (*oneOut, error) {
		b := in.Body
		return s.answer(ctx)(s.Publish(ctx, web.Actor(ctx), Notice{Kind: b.Kind, Title: b.Title, Text: b.Text, TitleEN: b.TitleEN, TextEN: b.TextEN,
			Area: b.Area, Audiences: b.Audiences, From: b.From, Until: b.Until}, b.Confirmed))
	})
	web.Register(api, route(may, http.MethodPost, "/{id}/end", "endNotice", "Let a notice end at another time, or now"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				Until int64 `json:"until" doc:"unix ms; one that is not ahead ends it now"`
			}
		}) (*oneOut, error) {
			return s.answer(ctx)(s.ChangeEnd(ctx, web.Actor(ctx), in.ID, in.Body.Until))
		})
	web.Register(api, route(may, http.MethodPost, "/{id}/withdraw", "withdrawNotice", "Take a notice back"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				Reason string `json:"reason"`
			}
		}) (*oneOut, error) {
			return s.answer(ctx)(s.Withdraw(ctx, web.Actor(ctx), in.ID, in.Body.Reason))
		})
	web.Register(api, route(may, http.MethodPost, "/{id}/restore", "restoreNotice", "Undo a withdrawal, for a moment"),
		func(ctx context.Context, in *byID) (*oneOut, error) {
			return s.answer(ctx)(s.Restore(ctx, web.Actor(ctx), in.ID))
		})
}

type exportInput struct {
	bulk.Lang
	listInput
}

// ExportRoutes registers the notices as a table.
func ExportRoutes(api *web.API, s *Service, d *bulk.Desk) {
	bulk.Export(api, d, bulk.List{Name: "notices", Path: "/api/v1/notices", ID: "exportNotices", Tag: "notice", Access: web.Need(perm.NoticePublish),
		Columns: []sheet.Column{{Key: "notice_kind"}, {Key: "title", Width: 32}, {Key: "text", Width: 60}, {Key: "area", Width: 24}, {Key: "audiences", Width: 24},
			{Key: "notice_state"}, {Key: "from", Kind: sheet.Time}, {Key: "until", Kind: sheet.Time}, {Key: "publisher"}, {Key: "published_at", Kind: sheet.Time},
			{Key: "readers", Kind: sheet.Number}, {Key: "devices", Kind: sheet.Number}, {Key: "withdrawn", Width: 24}}},
		func(ctx context.Context, in *exportInput, say words.Speaker, row bulk.Row) error {
			f := in.filter()
			return bulk.Pages(func(cursor string) (string, error) {
				f.Cursor, f.Limit = cursor, 200
				list, next, err := s.views(ctx, web.Actor(ctx), f)
				if err != nil {
					return "", err
				}
				for _, v := range list {
					if err := row(v.cells(say)...); err != nil {
						return "", err
					}
				}
				return next, nil
			})
		})
}

func (v View) cells(say words.Speaker) []any {
	audiences := make([]string, len(v.Audiences))
	for i, a := range v.Audiences {
		audiences[i] = say.Say("notice.audience." + a)
	}
	area := v.Area
	if area == "" {
		area = say.Say("notice.everywhere")
	}
	return []any{say.Say("notice.kind." + v.Kind), v.Title, v.Text, area, strings.Join(audiences, say.Say("notice.and")), say.Say("notice.state." + string(v.State)),
		time.UnixMilli(v.From), time.UnixMilli(v.Until), v.Publisher.Name, time.UnixMilli(v.PublishedAt), v.Readers, v.Devices, v.Withdrawn}
}
