package geoapi

import (
	"net/url"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// Link leads from one answer to another.
type Link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// Origin notes by which address the caller reached the server, so that links lead back to it: also behind a proxy, and
// by whichever of its names.
type Origin struct{ base string }

// Resolve is called by the framework with the request.
func (o *Origin) Resolve(ctx huma.Context) []error {
	scheme := "http"
	if ctx.TLS() != nil || ctx.Header("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	o.base = scheme + "://" + ctx.Host()
	return nil
}

const plainJSON = "application/json"

func (in *itemsIn) values(limit int) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"bbox": in.BBox, "datetime": in.Datetime, "level": in.Level, "area": in.Area, "category": in.Category,
		"state": in.State, "cursor": in.Cursor} {
		if value != "" {
			v.Set(name, value)
		}
	}
	v.Set("limit", strconv.Itoa(limit))
	return v
}

// pageLinks lead to the page itself, the next one and the collection.
func (in *itemsIn) pageLinks(root string, limit int, next string) []Link {
	at := in.base + root + "/collections/" + url.PathEscape(in.Collection)
	v := in.values(limit)
	links := []Link{{at + "/items?" + v.Encode(), "self", geoJSON, "this page"}, {at, "collection", plainJSON, "the collection"}}
	if next != "" {
		v.Set("cursor", next)
		links = append(links, Link{at + "/items?" + v.Encode(), "next", geoJSON, "the next page"})
	}
	return links
}
