package arch

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

// sqlStart is how a statement begins; prose does not begin with these words in capitals.
var sqlStart = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE|ALTER|DROP)\s+\S`)

// checkTech keeps each technology in the files named after it: SQL in store*.go, HTTP in http*.go, and neither in the
// pure files of a concept. The kit has its own division; only its SQL is checked, outside kit/db.
func checkTech(f *file) []Problem {
	if f.test {
		return nil
	}
	var found []Problem
	speaksSQL := strings.HasPrefix(f.name, "store") || within(f, "internal/kit/db") || f.pkg.layer == layerData
	if !speaksSQL {
		found = append(found, checkSQL(f)...)
	}
	if f.pkg.layer != layerConcept && f.pkg.layer != layerBase && f.pkg.layer != layerPerm {
		return found
	}
	pure := f.name == "flow.go" || strings.HasPrefix(f.name, "flow_") || f.name == f.pkg.concept+".go"
	for _, i := range f.imports {
		web := isHTTP(i.path)
		data := i.path == "database/sql" || i.path == Module+"/internal/kit/db"
		switch {
		case pure && (web || data):
			found = append(found, Problem{"pure", f.path, i.line, "imports " + i.path + ": this file is pure"})
		case web && !strings.HasPrefix(f.name, "http"):
			found = append(found, Problem{"http", f.path, i.line, "imports " + i.path + ": only http*.go files know HTTP"})
		}
	}
	return found
}

func isHTTP(p string) bool {
	return p == "net/http" || strings.HasPrefix(p, "net/http/") || strings.HasPrefix(p, "github.com/danielgtaylor/huma/")
}

func within(f *file, dir string) bool {
	return f.pkg.path == dir || strings.HasPrefix(f.pkg.path, dir+"/")
}

func checkSQL(f *file) []Problem {
	var found []Problem
	ast.Inspect(f.ast, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && sqlStart.MatchString(text) {
			found = append(found, Problem{"sql", f.path, f.line(lit.Pos()), "a statement outside store*.go"})
		}
		return true
	})
	return found
}

// domainWords name what the product is about; an identifier of the kit that has one has learned too much.
var domainWords = regexp.MustCompile(`(?i)incident|microgrid|mediat(or|ion)|patrol|resident|hotline|complaint|tipoff`)

func checkWords(f *file) []Problem {
	if f.pkg.layer != layerKit || f.test {
		return nil
	}
	var found []Problem
	seen := map[string]bool{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && domainWords.MatchString(id.Name) && !seen[id.Name] {
			seen[id.Name] = true
			found = append(found, Problem{"import", f.path, f.line(id.Pos()), id.Name + ": the kit has no word of the domain"})
		}
		return true
	})
	return found
}
