package incident

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/web"
)

// PublicReportBody is a report of a resident, who needs no account.
type PublicReportBody struct {
	Text     string         `json:"text" minLength:"1" maxLength:"20000"`
	Title    string         `json:"title,omitempty" maxLength:"200"`
	Kind     string         `json:"kind,omitempty"`
	Category string         `json:"category,omitempty"`
	Lon      *float64       `json:"lon,omitempty"`
	Lat      *float64       `json:"lat,omitempty"`
	Datum    string         `json:"datum,omitempty"`
	Address  string         `json:"address,omitempty" maxLength:"200"`
	Reporter *ReporterBody  `json:"reporter,omitempty"`
	Files    []string       `json:"files,omitempty"`
	Details  map[string]any `json:"details,omitempty" doc:"answers to what the category asks residents; none is required"`
	SameAs   string         `json:"same_as,omitempty" doc:"id of an open matter nearby that this report points at"`
}

type publicReportIn struct {
	Key       string `header:"Idempotency-Key"`
	Challenge string `header:"X-Gezhi-Challenge" doc:"answer to a challenge, when one was asked for"`
	Body      PublicReportBody
	RawBody   []byte
}

type publicReportOut struct {
	Body struct {
		Code   string `json:"code" doc:"with it the report can be followed"`
		Number string `json:"number"`
	}
}

type codeIn struct {
	Code string `path:"code"`
}

type letterOut struct{ Body Letter }

type rateIn struct {
	Code string `path:"code"`
	Body struct {
		Solved       bool   `json:"solved"`
		Satisfaction int64  `json:"satisfaction" minimum:"1" maximum:"5"`
		Text         string `json:"text,omitempty" maxLength:"1000"`
		Reopen       bool   `json:"reopen,omitempty" doc:"it was not solved and is to be handled again"`
	}
}

type publicFileIn struct {
	Code string `path:"code"`
	ID   string `path:"id"`
	Size string `query:"size" enum:"thumb,shown" default:"shown"`
}

type publicUploadIn struct {
	Challenge string `header:"X-Gezhi-Challenge"`
	uploadIn
}

// PublicRoutes adds what residents use without an account. gate holds back floods; it asks for a challenge.
func PublicRoutes(api *web.API, s *Service, gate *web.Gate) {
	const tag = "resident"
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/public/reports", ID: "publicReport", Tag: tag, Summary: "Report, ask or suggest without an account",
		Access: web.Open(), Status: http.StatusCreated, MaxBody: maxBody, NoKeep: true}, func(ctx context.Context, in *publicReportIn) (*publicReportOut, error) {
		repeat, err := repeatOf(ctx, "public report", in.Key, in.RawBody)
		if err != nil {
			return nil, err
		}
		if err := gate.Pass(ctx, in.Challenge); err != nil {
			return nil, err
		}
		b := ReportBody{Text: in.Body.Text, Title: in.Body.Title, Kind: in.Body.Kind, Category: in.Body.Category, Lon: in.Body.Lon, Lat: in.Body.Lat,
			Datum: in.Body.Datum, Address: in.Body.Address, Reporter: in.Body.Reporter, Files: in.Body.Files, Details: in.Body.Details, Channel: "app"}
		inc, code, err := s.ReportPublic(ctx, b.Report(), in.Body.SameAs, repeat)
		if err != nil {
			return nil, err
		}
		out := &publicReportOut{}
		out.Body.Code, out.Body.Number = code, inc.Number
		return out, nil
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/public/reports/{code}", ID: "trackReport", Tag: tag, Summary: "What became of a report",
		Access: web.Open()}, func(ctx context.Context, in *codeIn) (*letterOut, error) {
		if err := gate.Look(ctx); err != nil {
			return nil, err
		}
		l, err := s.Track(ctx, in.Code)
		if err != nil {
			return nil, err
		}
		return &letterOut{*l}, nil
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/public/reports/{code}/rating", ID: "rateReport", Tag: tag, Summary: "Say whether it was solved",
		Access: web.Open(), NoKeep: true}, func(ctx context.Context, in *rateIn) (*letterOut, error) {
		if err := gate.Look(ctx); err != nil {
			return nil, err
		}
		l, err := s.rate(ctx, in.Code, Rating{in.Body.Solved, in.Body.Satisfaction}, in.Body.Text, in.Body.Reopen)
		if err != nil {
			return nil, err
		}
		return &letterOut{*l}, nil
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/public/files", ID: "publicUpload", Tag: tag, Summary: "Upload a picture for a report",
		Access: web.Open(), Status: http.StatusCreated, MaxBody: maxFileBytes + uploadOverhead, NoKeep: true}, func(ctx context.Context, in *publicUploadIn) (*fileOut, error) {
		if err := gate.Pass(ctx, in.Challenge); err != nil {
			return nil, err
		}
		return s.upload(ctx, resident, &in.uploadIn) // staff on the same browser report as residents too
	})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/public/reports/{code}/files/{id}", ID: "publicFile", Tag: tag, Summary: "A picture of the report",
		Access: web.Open()}, func(ctx context.Context, in *publicFileIn) (*huma.StreamResponse, error) {
		if err := gate.Look(ctx); err != nil {
			return nil, err
		}
		content, err := s.OpenReportFile(ctx, in.Code, in.ID, in.Size == "thumb")
		if err != nil {
			return nil, err
		}
		return showPicture(content), nil
	})
	publicActRoutes(api, s, gate)
	publicNearbyRoutes(api, s, gate)
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/public/categories", ID: "publicCategories", Tag: tag, Summary: "The category tree", Access: web.Open()},
		func(context.Context, *struct{}) (*categoriesOut, error) {
			out := &categoriesOut{}
			out.Body.Items = []Category{}
			for _, k := range s.Categories().All() {
				if k.Active {
					k.Words, k.Fields = "", residentFields(k.Fields)
					out.Body.Items = append(out.Body.Items, k)
				}
			}
			return out, nil
		})
}
