package incident

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// uploadOverhead is what a multipart body holds beside the file.
const uploadOverhead = 64 << 10

type uploadIn struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}

type fileOut struct{ Body File }

type fileIn struct {
	ID   string `path:"id"`
	Size string `query:"size" enum:"thumb,shown" default:"shown"`
}

func fileRoutes(api *web.API, s *Service) {
	const tag = "file"
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/files", ID: "uploadFile", Tag: tag, Summary: "Upload a picture (JPEG, PNG, WebP) or a recording (WebM, MP4, Ogg)",
		Access: web.Need(perm.IncidentReport, perm.IncidentNote), Status: http.StatusCreated, MaxBody: maxFileBytes + uploadOverhead, NoKeep: true},
		func(ctx context.Context, in *uploadIn) (*fileOut, error) { return s.upload(ctx, web.Actor(ctx), in) })
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/files/{id}", ID: "getFile", Tag: tag, Summary: "Show a picture or play a recording; access follows its incident",
		Access: web.SignedIn()}, func(ctx context.Context, in *fileIn) (*huma.StreamResponse, error) {
		content, err := s.OpenFile(ctx, web.Actor(ctx), in.ID, in.Size == "thumb")
		if err != nil {
			return nil, err
		}
		return showFile(content), nil
	})
}

func (s *Service) upload(ctx context.Context, actor authz.Actor, in *uploadIn) (*fileOut, error) {
	form := in.RawBody.Data()
	if form == nil || !form.File.IsSet {
		return nil, invalid("file", "field.required")
	}
	defer form.File.Close()
	f, err := s.Upload(ctx, actor, form.File.Filename, form.File)
	if err != nil {
		return nil, err
	}
	return &fileOut{*f}, nil
}

// showFile sends a picture or a recording. Players ask for parts of a recording, so parts can be had.
func showFile(file *Shown) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer file.Close()
		fileHeaders(hc, file.ContentType)
		r, w := humago.Unwrap(hc)
		http.ServeContent(w, r, "", time.Time{}, file)
	}}
}

func fileHeaders(hc huma.Context, contentType string) {
	hc.SetHeader("Content-Type", contentType)
	hc.SetHeader("Content-Disposition", "inline")
	hc.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox")
	hc.SetHeader("Cache-Control", "private, max-age=86400, immutable")
}

// showPicture sends a picture that was encoded anew. It may be kept by the browser, because its content never changes.
func showPicture(content io.ReadSeekCloser) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer content.Close()
		fileHeaders(hc, "image/jpeg")
		_, w := humago.Unwrap(hc)
		io.Copy(w, content)
	}}
}
