package incident

import (
	"context"
	"encoding/json"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// maxBody bounds a report or an action.
const maxBody = 256 << 10

// ReportBody is a report as it is sent by staff and partners.
type ReportBody struct {
	Title      string         `json:"title,omitempty" maxLength:"200"`
	Text       string         `json:"text" minLength:"1" maxLength:"20000"`
	Category   string         `json:"category,omitempty"`
	Kind       string         `json:"kind,omitempty"`
	Channel    string         `json:"channel"`
	Severity   string         `json:"severity,omitempty"`
	Lon        *float64       `json:"lon,omitempty"`
	Lat        *float64       `json:"lat,omitempty"`
	Datum      string         `json:"datum,omitempty" doc:"wgs84 (default), cgcs2000, gcj02 or bd09"`
	Address    string         `json:"address,omitempty" maxLength:"200"`
	Area       string         `json:"area,omitempty" doc:"an area chosen by hand, where there is no boundary"`
	OccurredAt int64          `json:"occurred_at,omitempty" doc:"unix ms"`
	CallAt     int64          `json:"call_at,omitempty" doc:"time of the call, unix ms"`
	Reporter   *ReporterBody  `json:"reporter,omitempty"`
	Files      []string       `json:"files,omitempty"`
	Details    map[string]any `json:"details,omitempty" doc:"answers to what the category asks, by the names of its fields; none is required"`
	ExternalID string         `json:"external_id,omitempty" doc:"a partner's own number; a resend gives back the first incident"`
}

// ReporterBody is who reported.
type ReporterBody struct {
	Name         string `json:"name,omitempty" maxLength:"60"`
	Phone        string `json:"phone,omitempty" maxLength:"30"`
	Address      string `json:"address,omitempty" maxLength:"200"`
	Confidential bool   `json:"confidential,omitempty"`
}

// Report makes the service's input of the body.
func (b *ReportBody) Report() Report {
	r := Report{Title: b.Title, Text: b.Text, Category: b.Category, Kind: b.Kind, Channel: b.Channel, Severity: b.Severity, Lon: b.Lon, Lat: b.Lat,
		Datum: b.Datum, Address: b.Address, AreaID: b.Area, OccurredAt: b.OccurredAt, CallAt: b.CallAt, Files: b.Files, Details: b.Details, ExternalID: b.ExternalID}
	if b.Reporter != nil {
		r.Reporter = Reporter(*b.Reporter)
	}
	return r
}

type incidentOut struct{ Body View }

type reportIn struct {
	Key     string `header:"Idempotency-Key"`
	Body    ReportBody
	RawBody []byte
}

type incidentsIn struct {
	Queue    string   `query:"queue" doc:"todo (what waits for me), today, unplaced; of orders: pool (to be claimed by my units), mine, unit, approval"`
	State    []string `query:"state"`
	Category string   `query:"category" doc:"with everything below it"`
	Kind     string   `query:"kind"`
	Channel  string   `query:"channel"`
	Group    string   `query:"group" doc:"channel group: watch, receive, collect, report"`
	Severity string   `query:"severity"`
	Area     string   `query:"area" doc:"with everything below it"`
	Unit     string   `query:"unit" doc:"has an order in hand"`
	Person   string   `query:"person" doc:"has an order in hand"`
	Flag     string   `query:"flag" doc:"urgent, unplaced, suspended, deferred, supervised, study, escalated, or asked: something waits for approval"`
	Clock    string   `query:"clock" doc:"yellow or red: how the nearest of the running clocks stands"`
	Sort     string   `query:"sort" doc:"due: by what is due next, leaving out what has no clock running"`
	Call     string   `query:"call" doc:"due: closed, and to be called again by now"`
	Q        string   `query:"q" doc:"a number, a whole phone number, or words"`
	From     int64    `query:"from" doc:"received at or after, unix ms"`
	To       int64    `query:"to" doc:"received before, unix ms"`
	BBox     string   `query:"bbox" doc:"west,south,east,north in WGS-84"`
	Limit    int      `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor   string   `query:"cursor"`
}

type incidentsOut struct{ Body IncidentsOutBody }

type idIn struct {
	ID string `path:"id"`
}

type timelineIn struct {
	ID    string `path:"id"`
	After int64  `query:"after" doc:"seq behind which to begin"`
	Limit int    `query:"limit" default:"100" minimum:"1" maximum:"500"`
}

type timelineOut struct {
	Body struct {
		Items []EntryView `json:"items"`
		Next  int64       `json:"next,omitempty"`
	}
}

type actionIn struct {
	ID      string `path:"id"`
	Do      string `path:"do"`
	Key     string `header:"Idempotency-Key"`
	Body    map[string]any
	RawBody []byte
}

type revealIn struct {
	ID   string `path:"id"`
	Body struct {
		Purpose string `json:"purpose" minLength:"1" maxLength:"200"`
	}
}

type revealOut struct {
	Body struct {
		Name         string       `json:"name"`
		Phone        string       `json:"phone"`
		Address      string       `json:"address"`
		Confidential bool         `json:"confidential"`
		Title        string       `json:"title"`
		Text         string       `json:"text"`
		Details      []DetailView `json:"details,omitempty"`
		Code         string       `json:"code,omitempty" doc:"the tracking code, only for the purpose lost_code"`
	}
}

// Routes adds the routes of staff and partners.
func Routes(api *web.API, s *Service) {
	const tag = "incident"
	partners := &partnerGate{service: s, limits: map[string]partnerLimit{}}
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/incidents", ID: "reportIncident", Tag: tag, Summary: "Report an incident",
		Access: web.Need(perm.IncidentReport), Status: http.StatusCreated, MaxBody: maxBody, NoKeep: true},
		func(ctx context.Context, in *reportIn) (*incidentOut, error) {
			actor := web.Actor(ctx)
			if err := partners.pass(actor, in.Body.Channel); err != nil {
				return nil, err
			}
			repeat, err := repeatOf(ctx, "report", in.Key, in.RawBody)
			if err != nil {
				return nil, err
			}
			inc, _, err := s.Report(ctx, actor, in.Body.Report(), repeat)
			if err != nil {
				return nil, err
			}
			return s.whole(ctx, inc)
		})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/incidents", ID: "listIncidents", Tag: tag, Summary: "List incidents in scope, newest first",
		Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, in *incidentsIn) (*incidentsOut, error) {
		f, err := in.filter()
		if err != nil {
			return nil, err
		}
		list, next, err := s.List(ctx, web.Actor(ctx), f)
		if err != nil {
			return nil, err
		}
		out := &incidentsOut{}
		out.Body.Items, out.Body.Next = s.rows(web.Actor(ctx), list), next
		return out, nil
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/incidents/{id}", ID: "getIncident", Tag: tag, Summary: "One incident",
		Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, in *idIn) (*incidentOut, error) {
		inc, err := s.Get(ctx, web.Actor(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return s.whole(ctx, inc)
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/incidents/{id}/timeline", ID: "getTimeline", Tag: tag, Summary: "The timeline, oldest first",
		Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, in *timelineIn) (*timelineOut, error) {
		list, next, err := s.Timeline(ctx, web.Actor(ctx), in.ID, in.After, in.Limit)
		if err != nil {
			return nil, err
		}
		sounds, err := s.Sounds(ctx, list)
		if err != nil {
			return nil, err
		}
		out := &timelineOut{}
		out.Body.Items, out.Body.Next = []EntryView{}, next
		for _, e := range list {
			v := s.EntryView(e)
			v.Sounds = heard(e.Files, sounds)
			out.Body.Items = append(out.Body.Items, v)
		}
		return out, nil
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/incidents/{id}/actions/{do}", ID: "act", Tag: tag,
		Summary: "Take one of the actions that the incident offers", Access: web.Need(perm.IncidentRead), MaxBody: maxBody, NoKeep: true},
		func(ctx context.Context, in *actionIn) (*incidentOut, error) {
			a, err := in.action(ctx)
			if err != nil {
				return nil, err
			}
			inc, err := s.Act(ctx, web.Actor(ctx), in.ID, a)
			if err != nil {
				return nil, err
			}
			return s.whole(ctx, inc)
		})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/incidents/{id}/reporter", ID: "revealReporter", Tag: tag,
		Summary: "See the reporter in full, with a purpose; it is recorded", Access: web.Need(perm.ReporterView, perm.ReporterCall), NoKeep: true},
		func(ctx context.Context, in *revealIn) (*revealOut, error) {
			full, err := s.Reveal(ctx, web.Actor(ctx), in.ID, in.Body.Purpose)
			if err != nil {
				return nil, err
			}
			out := &revealOut{}
			b := &out.Body
			b.Name, b.Phone, b.Address, b.Confidential = full.Reporter.Name, full.Reporter.Phone, full.Reporter.Address, full.Reporter.Confidential
			b.Title, b.Text, b.Code, b.Details = full.Title, full.Text, full.Code, full.Details
			return out, nil
		})
	adviceRoutes(api, s)
	clusterRoutes(api, s)
	fileRoutes(api, s)
	receiptRoutes(api, s)
	categoryRoutes(api, s)
	aloneRoutes(api, s)
	phraseRoutes(api, s)
	helpRoutes(api, s)
	visitRoutes(api, s)
	colleagueRoutes(api, s)
}

func (s *Service) rows(actor authz.Actor, list []*Incident) []View {
	views, by := make([]View, len(list)), lookingAs(actor)
	for n, i := range list {
		views[n] = s.view(by, i, true)
	}
	return views
}

// repeatOf identifies a request by who asks, what for, and the key.
func repeatOf(ctx context.Context, what, key string, body []byte) (Repeat, error) {
	k, err := web.KeyFor(ctx, what, key, body)
	return Repeat{ID: k.ID, Digest: k.Digest}, err
}

func (in *incidentsIn) filter() (Filter, error) {
	f := Filter{Queue: in.Queue, States: in.State, Category: in.Category, Kind: in.Kind, Channel: in.Channel, Group: in.Group, Severity: in.Severity,
		Area: in.Area, Unit: in.Unit, Person: in.Person, Flag: in.Flag, Clock: in.Clock, Sort: in.Sort, Call: in.Call, Q: in.Q, From: in.From, To: in.To, Limit: in.Limit, Cursor: in.Cursor}
	if in.BBox != "" {
		box, ok := ParseBox(in.BBox)
		if !ok {
			return f, invalid("bbox", "field.bbox")
		}
		f.Box = box
	}
	return f, nil
}

// action splits the body into the address of the action and the asked fields.
func (in *actionIn) action(ctx context.Context) (Action, error) {
	repeat, err := repeatOf(ctx, "act "+in.ID+" "+in.Do, in.Key, in.RawBody)
	if err != nil {
		return Action{}, err
	}
	a := Action{Do: in.Do, Repeat: repeat}
	if err := json.Unmarshal(in.RawBody, &a.Fields); err != nil {
		return a, fault.New(fault.Invalid, "request.malformed")
	}
	var f fault.Fields
	if raw, ok := a.Fields["order"]; ok {
		if json.Unmarshal(raw, &a.Order) != nil {
			f.Add("order", "field.type", "type", "string")
		}
		delete(a.Fields, "order")
	}
	if raw, ok := a.Fields["version"]; ok {
		if json.Unmarshal(raw, &a.Version) != nil {
			f.Add("version", "field.type", "type", "integer")
		}
		delete(a.Fields, "version")
	}
	return a, f.Err()
}
