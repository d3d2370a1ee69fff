package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type likeView struct {
	Incident View    `json:"incident"`
	Distance float64 `json:"distance" doc:"metres, -1 when unknown"`
	Minutes  int64   `json:"minutes"`
	Likeness float64 `json:"likeness" doc:"0 to 1"`
	Caller   bool    `json:"caller" doc:"reported from the same phone number"`
}

type likeOut struct {
	Body struct {
		Items []likeView `json:"items"`
	}
}

type similarIn struct {
	Body struct {
		Text  string   `json:"text,omitempty" maxLength:"20000"`
		Phone string   `json:"phone,omitempty" maxLength:"30"`
		Lon   *float64 `json:"lon,omitempty"`
		Lat   *float64 `json:"lat,omitempty"`
		Datum string   `json:"datum,omitempty"`
	}
}

type adviceIn struct {
	Body struct {
		Text     string   `json:"text,omitempty" maxLength:"20000"`
		Category string   `json:"category,omitempty"`
		Kind     string   `json:"kind,omitempty"`
		Severity string   `json:"severity,omitempty"`
		Channel  string   `json:"channel,omitempty"`
		Lon      *float64 `json:"lon,omitempty"`
		Lat      *float64 `json:"lat,omitempty"`
		Datum    string   `json:"datum,omitempty"`
		Area     string   `json:"area,omitempty"`
	}
}

type adviceOut struct {
	Body struct {
		Category *NamedCode `json:"category"`
		Kind     string     `json:"kind"`
		Severity string     `json:"severity"`
		Area     *AreaView  `json:"area"`
		Unit     *UnitRef   `json:"unit"`
		Person   *PersonRef `json:"person"`
		Pool     bool       `json:"pool"`
		Reason   Reason     `json:"reason"`
	}
}

type addressIn struct {
	Q string `query:"q" required:"true" minLength:"1" maxLength:"100"`
}

type addressOut struct {
	Body struct {
		Items []Address `json:"items" nullable:"false"`
	}
}

type countsOut struct {
	Body struct {
		Todo     int `json:"todo"`
		Today    int `json:"today"`
		Soon     int `json:"soon" doc:"due soon or overdue"`
		Unplaced int `json:"unplaced"`
		Pool     int `json:"pool" doc:"to be claimed by my units"`
		Mine     int `json:"mine" doc:"orders in my hands"`
		Due      int `json:"due" doc:"to be called again by now"`
		Unit     int `json:"unit" doc:"orders in hand of my units"`
		Approval int `json:"approval" doc:"replies of my units that wait for me"`
	}
}

// maxCount is where a queue is no longer counted exactly.
const maxCount = 1000

func adviceRoutes(api *web.API, s *Service) {
	const tag = "incident"
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/incidents/{id}/duplicates", ID: "listDuplicates", Tag: tag,
		Summary: "Incidents that may be the same matter", Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, in *idIn) (*likeOut, error) {
		list, err := s.Duplicates(ctx, web.Actor(ctx), in.ID)
		return s.likeOut(ctx, list), err
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/incidents/similar", ID: "findSimilar", Tag: tag,
		Summary: "What may be the same matter as a report that is being written, and earlier reports of the caller",
		Access:  web.Need(perm.IncidentRead), NoKeep: true}, func(ctx context.Context, in *similarIn) (*likeOut, error) {
		var f fault.Fields
		p := position(&f, in.Body.Lon, in.Body.Lat, &in.Body.Datum)
		if err := f.Err(); err != nil {
			return nil, err
		}
		list, err := s.Similar(ctx, web.Actor(ctx), in.Body.Text, p, in.Body.Phone, "")
		return s.likeOut(ctx, list), err
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/incidents/propose", ID: "proposeIncident", Tag: tag,
		Summary: "Category, area and unit proposed for a report that is being written", Access: web.Need(perm.IncidentReport), NoKeep: true},
		func(ctx context.Context, in *adviceIn) (*adviceOut, error) {
			b := in.Body
			a, err := s.Advise(web.Actor(ctx), Report{Text: b.Text, Category: b.Category, Kind: b.Kind, Severity: b.Severity, Channel: b.Channel,
				Lon: b.Lon, Lat: b.Lat, Datum: b.Datum, AreaID: b.Area})
			if err != nil {
				return nil, err
			}
			return s.adviceOut(a), nil
		})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/incidents/addresses", ID: "findAddresses", Tag: tag,
		Summary: "Addresses of earlier incidents, for finding a place by name", Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, in *addressIn) (*addressOut, error) {
		list, err := s.Addresses(ctx, web.Actor(ctx), in.Q)
		out := &addressOut{}
		out.Body.Items = list
		return out, err
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/counts", ID: "countQueues", Tag: tag,
		Summary: "Sizes of my queues, exact up to 1000", Access: web.Need(perm.IncidentRead)}, func(ctx context.Context, _ *struct{}) (*countsOut, error) {
		counts, err := s.Counts(ctx, web.Actor(ctx), Queues, maxCount)
		out := &countsOut{}
		out.Body.Todo, out.Body.Today, out.Body.Soon, out.Body.Unplaced = counts["todo"], counts["today"], counts["soon"], counts["unplaced"]
		out.Body.Pool, out.Body.Mine, out.Body.Unit = counts["pool"], counts["mine"], counts["unit"]
		out.Body.Approval, out.Body.Due = counts["approval"], counts["due"]
		return out, err
	})
}

func (s *Service) likeOut(ctx context.Context, list []Likeness) *likeOut {
	out := &likeOut{}
	out.Body.Items = []likeView{}
	for _, l := range list {
		out.Body.Items = append(out.Body.Items, likeView{s.Row(web.Actor(ctx), l.Incident), l.Distance, l.Minutes, l.Score, l.Caller})
	}
	return out
}

func (s *Service) adviceOut(a Advice) *adviceOut {
	out := &adviceOut{}
	b := &out.Body
	b.Kind, b.Severity, b.Pool, b.Reason = a.Kind, a.Severity, a.Proposal.Pool, a.Proposal.Reason
	if k, ok := s.Categories().Get(a.Category); ok {
		b.Category = &NamedCode{k.Code, k.NameZH, k.NameEN}
	}
	if n := len(a.Path); n > 0 {
		last := a.Path[n-1]
		b.Area = &AreaView{last.ID, last.Code, last.Name, a.Path}
	}
	if a.Proposal.UnitID != "" {
		u := s.unitRef(a.Proposal.UnitID)
		b.Unit = &u
	}
	if a.Proposal.PersonID != "" {
		b.Person = &PersonRef{a.Proposal.PersonID, s.Directory.PersonName(a.Proposal.PersonID)}
	}
	return out
}
