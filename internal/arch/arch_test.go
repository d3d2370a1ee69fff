package arch

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestRepository(t *testing.T) {
	tree := os.DirFS("../..")
	found, err := Check(tree)
	require.NoError(t, err)
	for _, p := range found {
		t.Error(p)
	}
	files, err := read(tree)
	require.NoError(t, err)
	require.NotEmpty(t, files)
	mods, err := goModules(tree, files)
	require.NoError(t, err)
	require.Contains(t, mods, "github.com/jackc/pgx/v5", "go.mod is understood")
	n := countNames(files)
	t.Logf("%d of %d exported names have a doc comment", n.All-len(n.Missing), n.All)
	for _, p := range n.Missing {
		t.Log(p)
	}
}

// A tree that keeps every rule; each case below breaks one.
func goodTree() fstest.MapFS {
	tree := fstest.MapFS{
		"cmd/x/main.go":                           src(`// Command x is the program.` + "\npackage main\nimport _ \"gezhi/internal/app\"\n"),
		"internal/app/app.go":                     src("// Package app joins.\npackage app\nimport (\n_ \"gezhi/internal/incident\"\n_ \"gezhi/internal/grid\"\n_ \"net/http\"\n)\n"),
		"internal/grid/grid.go":                   src("// Package grid has areas.\npackage grid\nimport _ \"gezhi/internal/perm\"\n"),
		"internal/grid/store.go":                  src("package grid\nimport _ \"gezhi/internal/kit/db\"\nconst q = `SELECT 1 FROM x`\n"),
		"internal/incident/incident.go":           src("// Package incident has the loop.\npackage incident\nimport _ \"gezhi/internal/grid\"\n\n// Name is one.\nconst Name = 1\n"),
		"internal/incident/http.go":               src("package incident\nimport _ \"net/http\"\n"),
		"internal/incident/x_test.go":             src("package incident\nimport _ \"gezhi/internal/dispatch\"\nconst q = `SELECT 1`\n"),
		"internal/incident/incidenttest/build.go": src("// Package incidenttest builds.\npackage incidenttest\nimport _ \"gezhi/internal/incident\"\n"),
		"internal/dispatch/service.go":            src("// Package dispatch decides.\npackage dispatch\nconst q = `Updates and selects`\n"),
		"internal/perm/perm.go":                   src("// Package perm lists.\npackage perm\nimport _ \"gezhi/internal/kit/authz\"\n"),
		"internal/kit/authz/a.go":                 src("// Package authz answers.\npackage authz\n"),
		"internal/kit/db/db.go":                   src("// Package db opens.\npackage db\nconst q = `DELETE FROM x`\n"),
		"internal/kit/db/dbtest/each.go":          src("// Package dbtest tests.\npackage dbtest\nimport _ \"gezhi/migrations\"\n"),
		"migrations/tree.go":                      src("// Package migrations embeds.\npackage migrations\n"),
		"web/src/a.vue":                           src(strings.Repeat("\n", 400)),
		"web/src/schema.d.ts":                     src("/** This file was auto-generated */" + strings.Repeat("\n", 900)),
		"go.mod":                                  src("module gezhi\nrequire (\n\tx.org/used/v2 v2.0.0 // indirect\n\tx.org/other v1.0.0\n)\n"),
		"internal/app/lib.go":                     src("package app\nimport _ \"x.org/used/v2/sub\"\n"),
		"web/package.json":                        src(`{"dependencies": {"vue": "3"}}`),
		librariesFile:                             src("| `x.org/used/v2` | why |\n| `vue` | why |\n"),
	}
	draw(tree)
	return tree
}

func src(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// draw puts the right folder map into the tree.
func draw(tree fstest.MapFS) {
	table, err := FolderMap(tree)
	if err != nil {
		return
	}
	tree[MapFile] = src("# Map\n" + MapBegin + "\n" + table + MapEnd + "\n")
}

func TestAGoodTreeHasNoProblem(t *testing.T) {
	found, err := Check(goodTree())
	require.NoError(t, err)
	require.Empty(t, found)
}

func TestEveryRuleCanFail(t *testing.T) {
	imports := func(pkg, path string) string {
		return "// Package " + pkg + " is.\npackage " + pkg + "\nimport _ \"" + path + "\"\n"
	}
	cases := []struct{ name, rule, path, text string }{
		{"kit imports a concept", "import", "internal/kit/authz/b.go", imports("authz", "gezhi/internal/grid")},
		{"kit imports a concept in a test", "import", "internal/kit/authz/b_test.go", imports("authz", "gezhi/internal/grid")},
		{"kit imports the permissions", "import", "internal/kit/authz/b.go", imports("authz", "gezhi/internal/perm")},
		{"kit imports migrations", "import", "internal/kit/authz/b.go", imports("authz", "gezhi/migrations")},
		{"kit names the domain", "import", "internal/kit/authz/b.go", "package authz\nvar incidentCount int\n"},
		{"perm imports a concept", "import", "internal/perm/b.go", imports("perm", "gezhi/internal/grid")},
		{"a base concept imports another", "import", "internal/grid/b.go", imports("grid", "gezhi/internal/people")},
		{"a concept imports another", "import", "internal/incident/b.go", imports("incident", "gezhi/internal/dispatch")},
		{"a concept imports app", "import", "internal/incident/b.go", imports("incident", "gezhi/internal/app")},
		{"a concept imports the web files", "import", "internal/incident/b.go", imports("incident", "gezhi/web")},
		{"cmd imports a concept", "import", "cmd/x/b.go", imports("main", "gezhi/internal/grid")},
		{"helpers outside tests", "import", "internal/app/b.go", imports("app", "gezhi/internal/incident/incidenttest")},
		{"helpers outside tests of their own concept", "import", "internal/incident/b.go", imports("incident", "gezhi/internal/incident/incidenttest")},
		{"SQL in a service", "sql", "internal/incident/service.go", "package incident\nconst q = `\n  SELECT 1`\n"},
		{"SQL in app", "sql", "internal/app/b.go", "package app\nconst q = \"UPDATE x SET y = 1\"\n"},
		{"SQL elsewhere in the kit", "sql", "internal/kit/authz/b.go", "package authz\nconst q = \"WITH x AS (SELECT 1)\"\n"},
		{"HTTP in a service", "http", "internal/incident/service.go", imports("incident", "net/http")},
		{"huma in a store", "http", "internal/incident/store.go", imports("incident", "github.com/danielgtaylor/huma/v2")},
		{"the domain file knows the store", "pure", "internal/grid/grid.go", imports("grid", "gezhi/internal/kit/db")},
		{"the flow knows SQL", "pure", "internal/incident/flow.go", imports("incident", "database/sql")},
		{"the flow knows HTTP", "pure", "internal/incident/flow.go", imports("incident", "net/http")},
		{"a name without a comment", "doc", "internal/incident/b.go", "package incident\nfunc Bare() {}\n"},
		{"a method without a comment", "doc", "internal/incident/b.go", "package incident\n// T is.\ntype T[K any] struct{}\nfunc (t *T[K]) Bare() {}\n"},
		{"a long Go file", "length", "internal/incident/b.go", "package incident\n" + strings.Repeat("\n", 400)},
		{"a long component", "length", "web/src/b.vue", strings.Repeat("\n", 401)},
		{"a long script", "length", "web/src/b.ts", strings.Repeat("\n", 401)},
		{"a module without a reason", "library", "internal/app/lib2.go", imports("app", "x.org/other")},
		{"a package without a reason", "library", "e2e/package.json", `{"devDependencies": {"axe-core": "4"}}`},
		{"a folder without a comment", "map", "internal/party/party.go", "package party\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := goodTree()
			tree[c.path] = src(c.text)
			draw(tree)
			found, err := Check(tree)
			require.NoError(t, err)
			require.NotEmpty(t, found)
			for _, p := range found {
				require.Equal(t, c.rule, p.Rule, p.String())
			}
		})
	}
}

func TestTheMapMustBeThereAndFresh(t *testing.T) {
	for name, page := range map[string]*fstest.MapFile{
		"missing": nil, "without marks": src("# Map\n"), "stale": src(MapBegin + "\n| old |\n" + MapEnd),
	} {
		t.Run(name, func(t *testing.T) {
			tree := goodTree()
			delete(tree, MapFile)
			if page != nil {
				tree[MapFile] = page
			}
			found, err := Check(tree)
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, "map", found[0].Rule)
		})
	}
}

func TestBrokenSourceIsAnError(t *testing.T) {
	tree := goodTree()
	tree["internal/grid/b.go"] = src("package")
	_, err := Check(tree)
	require.Error(t, err)
}
