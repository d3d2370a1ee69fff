package app

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/notice"
	"gezhi/internal/people"
	"gezhi/internal/video"
	site "gezhi/web"
)

// buildBulk makes the desk through which lists are brought in and taken out as tables.
func (a *App) buildBulk() error {
	catalog, err := words.Load(site.Words())
	if err != nil {
		return err
	}
	files, err := blob.NewSealedFolder(filepath.Join(a.filesFolder(), "exports"), a.Keys)
	if err != nil {
		return err
	}
	a.Bulk = bulk.New(bulk.Deps{DB: a.DB, Clock: a.Clock, Seal: a.Keys, Audit: a.Audit, Words: catalog, Actor: a.People.ActorOf, Files: files})
	for _, k := range people.Imports(a.People, &areaFinder{grid: a.Grid}, catalog) {
		a.Bulk.Add(k)
	}
	a.Bulk.Add(areaImport{a, &areaFinder{grid: a.Grid}, catalog}.kind())
	a.Bulk.Add(categoryImport{a, catalog}.kind())
	a.Bulk.Add(video.Import(a.Video, catalog))
	return nil
}

// bulkRoutes registers every table that can be taken out or brought in.
func (a *App) bulkRoutes(api *web.API) {
	bulk.Routes(api, a.Bulk)
	bulk.OutputRoutes(api, a.Bulk)
	people.ExportRoutes(api, a.People, a.Bulk, &areaFinder{grid: a.Grid})
	grid.ExportRoutes(api, a.Grid, a.Bulk, a.People.Directory().UnitName)
	dispatch.ExportRoutes(api, a.Dispatch, a.Bulk, ruleNames{a})
	incident.ExportRoutes(api, a.Incident, a.Bulk)
	notice.ExportRoutes(api, a.Notice, a.Bulk)
	video.ExportRoutes(api, a.Video, a.Bulk)
}

// ruleNames names what routing rules refer to.
type ruleNames struct{ app *App }

func (n ruleNames) Category(code string, say words.Speaker) string {
	k, ok := n.app.Incident.Categories().Get(code)
	if !ok {
		return code
	}
	return say.Pick(k.NameZH, k.NameEN)
}

func (n ruleNames) Unit(id string) string { return n.app.People.Directory().UnitName(id) }

// areaFinder finds areas as people write them in tables. What it found its way by is kept until the tree changes.
type areaFinder struct {
	grid *grid.Service

	mu     sync.Mutex
	seq    int64
	byText map[string][]string
}

// Find returns the areas with this code, else with these names from above, else with this name.
func (f *areaFinder) Find(text string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.grid.Tree(); f.byText == nil || f.seq != t.Seq() {
		f.seq, f.byText = t.Seq(), index(t)
	}
	return f.byText[key(text)]
}

// Path returns the names of an area and those above it.
func (f *areaFinder) Path(id string) string { return grid.PathName(f.grid.Tree().Path(id)) }

// index lists the areas under every text that may name them: a code wins over names, and names from above may begin at
// any height, so that "东一社区/第二网格" is enough where one community has that name.
func index(t *grid.Tree) map[string][]string {
	codes, names := map[string][]string{}, map[string][]string{}
	areas, _ := t.List(grid.Filter{})
	for _, a := range areas {
		codes[key(a.Code)] = append(codes[key(a.Code)], a.ID)
		path := t.Path(a.ID)
		for from := range path {
			k := key(grid.PathName(path[from:]))
			if !slices.Contains(names[k], a.ID) {
				names[k] = append(names[k], a.ID)
			}
		}
	}
	for k, ids := range codes {
		names[k] = ids
	}
	return names
}

// key is the form in which texts are compared: with one kind of separator and without spaces around it.
func key(text string) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/／>＞\\、", r) })
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return strings.ToLower(strings.Join(parts, "/"))
}
