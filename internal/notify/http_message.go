package notify

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type messagesIn struct {
	State  string `query:"state" enum:"waiting,sent,dead,dropped" default:"dead"`
	Sender string `query:"sender" doc:"id of a sender, or push; empty for all"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type messagesOut struct {
	Body struct {
		Items []MessageView `json:"items" nullable:"false"`
		Next  string        `json:"next"`
	}
}

type messageIn struct {
	ID string `path:"id"`
}

type retriedOut struct {
	Body struct {
		Count int64 `json:"count"`
	}
}

func messageRoutes(api *web.API, s *Service) {
	route := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/notify" + path, ID: id, Tag: "notify", Summary: summary, Access: web.Need(perm.SettingsManage)}
	}
	web.Register(api, route(http.MethodGet, "/messages", "listMessages", "Messages by what became of them, the newest first"), func(ctx context.Context, in *messagesIn) (*messagesOut, error) {
		list, next, err := s.Messages(ctx, web.Actor(ctx), MessageQuery{State: State(in.State), Sender: in.Sender, Cursor: in.Cursor, Limit: in.Limit})
		if err != nil {
			return nil, err
		}
		out := &messagesOut{}
		out.Body.Items, out.Body.Next = []MessageView{}, next
		for _, m := range list {
			out.Body.Items = append(out.Body.Items, s.messageView(m))
		}
		return out, nil
	})
	web.Register(api, route(http.MethodPost, "/messages/{id}/retry", "retryMessage", "Send a message again that was given up"), func(ctx context.Context, in *messageIn) (*struct{}, error) {
		return nil, s.Retry(ctx, web.Actor(ctx), in.ID)
	})
	web.Register(api, route(http.MethodPost, "/messages/{id}/discard", "discardMessage", "Give a message up for good"), func(ctx context.Context, in *messageIn) (*struct{}, error) {
		return nil, s.Discard(ctx, web.Actor(ctx), in.ID)
	})
	web.Register(api, route(http.MethodPost, "/senders/{id}/retry", "retrySender", "Send all messages of a sender again that were given up"), func(ctx context.Context, in *messageIn) (*retriedOut, error) {
		n, err := s.RetryAll(ctx, web.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		out := &retriedOut{}
		out.Body.Count = n
		return out, nil
	})
}
