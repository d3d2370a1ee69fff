package geoapi

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"gezhi/internal/kit/web"
)

// documentType is the media type under which GIS programs accept the description of an API.
const documentType = "application/vnd.oai.openapi+json;version=3.0"

type documentOut struct {
	Type string `header:"Content-Type"`
	Body []byte
}

// document adds the route that describes the others, as GIS programs look for it: they take the size of a page from it.
func (f face) document(api *web.API) {
	whole := sync.OnceValues(func() ([]byte, error) {
		raw, err := api.OpenAPI().Downgrade()
		if err != nil {
			return nil, err
		}
		return excerpt(raw, f.root)
	})
	web.Register(api, f.get("/api", "getGeoDocument", "The routes below here as an OpenAPI 3.0 document"),
		func(ctx context.Context, _ *struct{}) (*documentOut, error) {
			if err := f.admit(ctx); err != nil {
				return nil, err
			}
			raw, err := whole()
			return &documentOut{documentType, raw}, err
		})
}

// excerpt keeps of a document the paths below a root, without the root, and the schemas that they name. Pages are said to
// hold at most what they hold, although a client that asks for more is given that much instead of an error.
func excerpt(raw []byte, root string) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	paths, _ := doc["paths"].(map[string]any)
	kept := map[string]any{}
	for path, item := range paths {
		if rest, ok := strings.CutPrefix(path, root); ok {
			if rest == "" {
				rest = "/"
			}
			bounded(item)
			kept[rest] = item
		}
	}
	doc["paths"], doc["servers"] = kept, []any{map[string]any{"url": root}}
	components, _ := doc["components"].(map[string]any)
	schemas, _ := components["schemas"].(map[string]any)
	named := map[string]any{}
	var follow func(v any)
	follow = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				follow(one)
			}
		case map[string]any:
			for key, one := range v {
				text, _ := one.(string)
				name, isRef := strings.CutPrefix(text, "#/components/schemas/")
				if key == "$ref" && isRef && named[name] == nil && schemas[name] != nil {
					named[name] = schemas[name]
					follow(schemas[name])
				}
				follow(one)
			}
		}
	}
	follow(kept)
	if components != nil {
		components["schemas"] = named
	}
	return json.Marshal(doc)
}

// bounded states the largest page in the parameter limit of a path.
func bounded(item any) {
	methods, _ := item.(map[string]any)
	get, _ := methods["get"].(map[string]any)
	parameters, _ := get["parameters"].([]any)
	for _, one := range parameters {
		p, _ := one.(map[string]any)
		schema, _ := p["schema"].(map[string]any)
		if p["name"] == "limit" && schema != nil {
			schema["maximum"] = maxItems
		}
	}
}
