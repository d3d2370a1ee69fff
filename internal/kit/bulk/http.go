package bulk

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
)

// overhead is what a multipart body holds beside the file.
const overhead = 64 << 10

type fileInput struct {
	Lang
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

type jobInput struct {
	Lang
	ID string `path:"id" maxLength:"64"`
}

type startInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Whole bool `json:"whole,omitempty" doc:"all rows or none"`
	}
}

type linesInput struct {
	ID     string `path:"id" maxLength:"64"`
	Result string `query:"result" enum:"new,changed,same,error"`
	After  int    `query:"after" minimum:"0" doc:"number of the last row that was shown"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// JobView is an import as the API shows it.
type JobView struct {
	ID       string   `json:"id"`
	List     string   `json:"list"`
	State    State    `json:"state" enum:"checked,running,done,failed"`
	Total    int      `json:"total" doc:"rows that hold something"`
	Done     int      `json:"done" doc:"rows that were carried out"`
	Counts   Counts   `json:"counts" doc:"before the start: what would become of the rows"`
	Fault    string   `json:"fault" doc:"why it failed; a key under errors"`
	Whole    bool     `json:"whole"`
	MayWhole bool     `json:"may_whole" doc:"all or nothing is possible"`
	Reported bool     `json:"reported" doc:"the first passwords were handed out"`
	Heads    []string `json:"heads" nullable:"false"`
}

// LinePage is a part of the rows of an import.
type LinePage struct {
	Items []LineView `json:"items" nullable:"false"`
	Next  int        `json:"next" doc:"0 at the end"`
}

type jobAnswer struct{ Body JobView }

type linesAnswer struct{ Body LinePage }

func (d *Desk) view(j Job) *jobAnswer {
	return &jobAnswer{JobView{ID: j.ID, List: j.Kind, State: j.State, Total: j.Total, Done: j.Done, Counts: j.Counts, Fault: j.Fault, Whole: j.Whole,
		MayWhole: j.State == Checked && j.Counts.Refused == 0 && j.Total <= maxWhole && !d.kinds[j.Kind].Single, Reported: j.Reported, Heads: j.head.Heads}}
}

// Routes registers the way in of every list that was added.
func Routes(api *web.API, d *Desk) {
	const tag = "imports"
	var all []authz.Permission
	for _, name := range slices.Sorted(maps.Keys(d.kinds)) {
		k := d.kinds[name]
		if !slices.Contains(all, k.Need) {
			all = append(all, k.Need)
		}
		web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/" + k.Path + "/import/template.xlsx", ID: "template_" + name, Tag: tag,
			Summary: "A table to fill in, with an example and explanations", Access: web.Need(k.Need)},
			func(ctx context.Context, in *Lang) (*huma.StreamResponse, error) {
				return file(name + "-template")(d.Template(web.Actor(ctx), name, in.Lang))
			})
		web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/" + k.Path + "/import", ID: "import_" + name, Tag: tag, NoKeep: true,
			Summary: "Look at every row of an xlsx file; nothing is written", Access: web.Need(k.Need), Status: http.StatusCreated, MaxBody: sheet.MaxFile + overhead},
			func(ctx context.Context, in *fileInput) (*jobAnswer, error) { return d.check(ctx, name, in) })
	}
	if len(all) == 0 {
		return
	}
	route := func(method, path, id, summary string) web.Route {
		return web.Route{Method: method, Path: "/api/v1/imports/{id}" + path, ID: id, Tag: tag, Summary: summary, Access: web.Need(all...), NoKeep: true}
	}
	web.Register(api, route(http.MethodGet, "", "getImport", "How far an import is"), func(ctx context.Context, in *jobInput) (*jobAnswer, error) {
		return d.answer(d.Job(ctx, web.Actor(ctx), in.ID))
	})
	web.Register(api, route(http.MethodGet, "/rows", "listImportRows", "Rows with what becomes of them"), d.lines)
	web.Register(api, route(http.MethodPost, "/start", "startImport", "Bring the rows in"), func(ctx context.Context, in *startInput) (*jobAnswer, error) {
		return d.answer(d.Start(ctx, web.Actor(ctx), in.ID, in.Body.Whole))
	})
	web.Register(api, route(http.MethodPost, "/report", "reportImport", "The rows with their results as xlsx; first passwords stand in the first report only"),
		func(ctx context.Context, in *jobInput) (*huma.StreamResponse, error) {
			j, err := d.Job(ctx, web.Actor(ctx), in.ID)
			if err != nil {
				return nil, err
			}
			return file(j.Kind + "-report")(d.Report(ctx, web.Actor(ctx), j, in.Lang.Lang))
		})
	web.Register(api, route(http.MethodDelete, "", "dropImport", "Forget an import"), func(ctx context.Context, in *jobInput) (*struct{}, error) {
		return nil, d.Drop(ctx, web.Actor(ctx), in.ID)
	})
}

func (d *Desk) answer(j Job, err error) (*jobAnswer, error) {
	if err != nil {
		return nil, err
	}
	return d.view(j), nil
}

func file(name string) func(*bytes.Buffer, error) (*huma.StreamResponse, error) {
	return func(content *bytes.Buffer, err error) (*huma.StreamResponse, error) {
		if err != nil {
			return nil, err
		}
		return download(name, content), nil
	}
}

func (d *Desk) check(ctx context.Context, name string, in *fileInput) (*jobAnswer, error) {
	form := in.RawBody.Data()
	if form == nil || !form.File.IsSet {
		var f fault.Fields
		f.Add("file", "field.required")
		return nil, f.Err()
	}
	defer form.File.Close()
	return d.answer(d.Check(ctx, web.Actor(ctx), name, in.Lang.Lang, form.File))
}

func (d *Desk) lines(ctx context.Context, in *linesInput) (*linesAnswer, error) {
	j, err := d.Job(ctx, web.Actor(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	lines, next, err := d.Lines(ctx, j, Result(in.Result), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	if lines == nil {
		lines = []LineView{}
	}
	return &linesAnswer{LinePage{lines, next}}, nil
}
