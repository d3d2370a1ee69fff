package notify

import (
	"context"
	"net/http"
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

type choiceOut struct {
	Body struct {
		PushKey  string `json:"push_key" doc:"public key to subscribe with; empty while phones are not woken"`
		Devices  int    `json:"devices" doc:"browsers of this person that are woken"`
		SMS      bool   `json:"sms" doc:"wants to be told of work by phone"`
		SMSReady bool   `json:"sms_ready" doc:"work is told by phone here"`
		HasPhone bool   `json:"has_phone"`
	}
}

type endpointIn struct {
	Body struct {
		Endpoint string `json:"endpoint" maxLength:"1000"`
	}
}

func ownRoutes(api *web.API, s *Service) {
	route := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/notify/me" + path, ID: id, Tag: "notify", Summary: summary, Access: web.SignedIn(), NoKeep: true}
	}
	show := func(ctx context.Context) (*choiceOut, error) {
		c, err := s.Choice(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &choiceOut{}
		out.Body.PushKey, out.Body.Devices, out.Body.SMS, out.Body.SMSReady, out.Body.HasPhone = c.Push, c.Devices, c.SMS, c.SMSReady, c.HasPhone
		return out, nil
	}
	web.Register(api, route(http.MethodGet, "", "myNotices", "How I am told of work outside the page"), func(ctx context.Context, _ *struct{}) (*choiceOut, error) { return show(ctx) })
	web.Register(api, route(http.MethodPut, "", "chooseNotices", "Say whether I want to be told of work by phone"), func(ctx context.Context, in *struct {
		Body struct {
			SMS bool `json:"sms"`
		}
	}) (*choiceOut, error) {
		if err := s.ChooseSMS(ctx, web.Actor(ctx), in.Body.SMS); err != nil {
			return nil, err
		}
		return show(ctx)
	})
	web.Register(api, route(http.MethodPost, "/push", "subscribePush", "Let this browser be woken"), func(ctx context.Context, in *endpointIn) (*choiceOut, error) {
		if err := s.Subscribe(ctx, web.Actor(ctx), in.Body.Endpoint); err != nil {
			return nil, err
		}
		return show(ctx)
	})
	web.Register(api, route(http.MethodPost, "/push/end", "unsubscribePush", "Let this browser sleep"), func(ctx context.Context, in *endpointIn) (*choiceOut, error) {
		if err := s.Unsubscribe(ctx, web.Actor(ctx), in.Body.Endpoint); err != nil {
			return nil, err
		}
		return show(ctx)
	})
}

type tellsOut struct {
	Body struct {
		Codes bool `json:"codes" doc:"a lost code can be told by phone"`
	}
}

type lostCodeIn struct {
	Challenge string `header:"X-Gezhi-Challenge"`
	Body      struct {
		Phone  string `json:"phone"`
		Number string `json:"number,omitempty" doc:"of the report; without it the newest reports of the phone"`
	}
}

func publicRoutes(api *web.API, s *Service, gate *web.Gate) {
	limit := web.NewLimiter(s.Clock, 10*time.Minute, 10)
	route := func(method, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/public/lost-code", ID: id, Tag: "resident", Summary: summary, Access: web.Open(), NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "tellsLostCodes", "Whether a lost code can be told by phone"), func(ctx context.Context, _ *struct{}) (*tellsOut, error) {
		ok, err := s.TellsCodes(ctx)
		if err != nil {
			return nil, err
		}
		out := &tellsOut{}
		out.Body.Codes = ok
		return out, nil
	})
	ask := route(http.MethodPost, "askForLostCode", "Have the code of a report told to the phone that was left with it; the answer is the same whether or not there is one")
	ask.Status = http.StatusAccepted
	web.Register(api, ask, func(ctx context.Context, in *lostCodeIn) (*struct{}, error) {
		if err := gate.Pass(ctx, in.Challenge); err != nil {
			return nil, err
		}
		if ok, wait := limit.Allow(web.Client(ctx)); !ok {
			return nil, fault.New(fault.TooMany, "too_many", "seconds", int(wait.Seconds())+1)
		}
		return nil, s.AskForCode(ctx, in.Body.Phone, in.Body.Number)
	})
}
