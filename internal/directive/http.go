package directive

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type one struct{ Body View }

type byID struct {
	ID string `path:"id" maxLength:"64"`
}

func route(access web.Access, method, path, id, summary string) web.Route {
	return web.Route{Method: method, Path: "/api/v1/directives" + path, ID: id, Tag: "directive", Summary: summary, Access: access}
}

// Routes registers the routes of directives. Reading and acknowledging is open to everybody whom one reached.
func Routes(api *web.API, s *Service) {
	sendRoutes(api, s)
	type directivesOut struct {
		Body struct {
			Items []View `json:"items" nullable:"false"`
			Next  string `json:"next,omitempty"`
		}
	}
	web.Register(api, route(web.SignedIn(), http.MethodGet, "", "listDirectives", "Directives that reached me, that I sent, or that went over my areas"),
		func(ctx context.Context, in *struct {
			Box    string `query:"box" enum:"in,sent,area" default:"in"`
			Open   bool   `query:"open" doc:"of those that reached me: only what I have still to acknowledge"`
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit"`
		}) (*directivesOut, error) {
			list, next, err := s.List(ctx, web.Actor(ctx), in.Box, in.Open, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &directivesOut{}
			out.Body.Items, out.Body.Next = make([]View, len(list)), next
			for n, d := range list {
				out.Body.Items[n] = s.view(web.Actor(ctx), d)
			}
			return out, nil
		})
	web.Register(api, route(web.SignedIn(), http.MethodGet, "/{id}", "getDirective", "One directive"),
		func(ctx context.Context, in *byID) (*one, error) {
			return s.shown(ctx)(s.Get(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(web.SignedIn(), http.MethodPost, "/{id}/read", "readDirective", "I have opened it"),
		func(ctx context.Context, in *byID) (*one, error) {
			return s.shown(ctx)(s.Read(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(web.SignedIn(), http.MethodPost, "/{id}/ack", "acknowledgeDirective", "I have understood it"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				Note string `json:"note,omitempty"`
			}
		}) (*one, error) {
			return s.shown(ctx)(s.Acknowledge(ctx, web.Actor(ctx), in.ID, in.Body.Note))
		})
}

// sendRoutes are for whoever leads an area.
func sendRoutes(api *web.API, s *Service) {
	type directivePreviewOut struct {
		Body struct {
			Total  int            `json:"total"`
			ByRole map[string]int `json:"by_role"`
		}
	}
	web.Register(api, route(web.Need(perm.DirectiveSend), http.MethodPost, "/preview", "previewDirective", "How many people a directive would reach"),
		func(ctx context.Context, in *struct{ Body TargetBody }) (*directivePreviewOut, error) {
			out := &directivePreviewOut{}
			var err error
			out.Body.Total, out.Body.ByRole, err = s.Preview(web.Actor(ctx), in.Body.target())
			return out, err
		})
	send := route(web.Need(perm.DirectiveSend), http.MethodPost, "", "sendDirective", "Send a directive straight to everybody in some areas or units")
	send.Status = http.StatusCreated
	web.Register(api, send, func(ctx context.Context, in *struct {
		Body struct {
			Title    string `json:"title"`
			Text     string `json:"text"`
			Deadline int64  `json:"deadline" doc:"unix ms, by which it is to be acknowledged"`
			TargetBody
		}
	}) (*one, error) {
		b := in.Body
		return s.shown(ctx)(s.Send(ctx, web.Actor(ctx), Directive{Title: b.Title, Text: b.Text, Deadline: b.Deadline, Target: b.target()}))
	})
	web.Register(api, route(web.Need(perm.DirectiveSend), http.MethodPost, "/{id}/remind", "remindDirective", "Remind those who have not acknowledged, once"),
		func(ctx context.Context, in *byID) (*one, error) {
			return s.shown(ctx)(s.Remind(ctx, web.Actor(ctx), in.ID))
		})
	web.Register(api, route(web.Need(perm.DirectiveSend), http.MethodPost, "/{id}/withdraw", "withdrawDirective", "Take a directive back"),
		func(ctx context.Context, in *struct {
			ID   string `path:"id" maxLength:"64"`
			Body struct {
				Reason string `json:"reason"`
			}
		}) (*one, error) {
			return s.shown(ctx)(s.Withdraw(ctx, web.Actor(ctx), in.ID, in.Body.Reason))
		})
	receiptRoute(api, s)
}

func receiptRoute(api *web.API, s *Service) {
	type directiveReceiptsOut struct {
		Body struct {
			Items []ReceiptView `json:"items" nullable:"false"`
			Next  string        `json:"next,omitempty"`
		}
	}
	web.Register(api, route(web.Need(perm.DirectiveSend, perm.DirectiveRead), http.MethodGet, "/{id}/receivers", "directiveReceivers", "Who has acknowledged, read, or not opened a directive"),
		func(ctx context.Context, in *struct {
			ID     string `path:"id" maxLength:"64"`
			Status string `query:"status" enum:",acked,read,unread"`
			Cursor string `query:"cursor"`
			Limit  int    `query:"limit"`
		}) (*directiveReceiptsOut, error) {
			list, next, err := s.Receipts(ctx, web.Actor(ctx), in.ID, in.Status, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			out := &directiveReceiptsOut{}
			out.Body.Items, out.Body.Next = make([]ReceiptView, len(list)), next
			for n, r := range list {
				out.Body.Items[n] = s.receiptView(r)
			}
			return out, nil
		})
}

func (s *Service) shown(ctx context.Context) func(*Directive, error) (*one, error) {
	return func(d *Directive, err error) (*one, error) {
		if err != nil {
			return nil, err
		}
		if err := fill(ctx, s.DB.Read(), []*Directive{d}, web.Actor(ctx).AccountID); err != nil {
			return nil, err
		}
		return &one{s.view(web.Actor(ctx), d)}, nil
	}
}

// actions are what the actor can do with a directive now.
func actions(actor authz.Actor, d *Directive) []string {
	list := []string{}
	if d.WithdrawnAt > 0 {
		return list
	}
	if d.Mine != nil && d.Mine.AckedAt == 0 {
		list = append(list, "ack")
	}
	if d.Sender == actor.AccountID && actor.Can(perm.DirectiveSend) {
		if d.RemindedAt == 0 && d.Acked < d.Receivers {
			list = append(list, "remind")
		}
		list = append(list, "withdraw")
	}
	return list
}
