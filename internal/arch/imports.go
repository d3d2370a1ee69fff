package arch

import (
	"path"
	"slices"
	"strings"
)

// layer says what a package is to the dependency rule.
type layer string

const (
	layerKit     layer = "kit"     // knows no word of the domain
	layerPerm    layer = "perm"    // the list of permissions
	layerBase    layer = "base"    // the concepts that all others may use
	layerConcept layer = "concept" // a concept of its own
	layerApp     layer = "app"     // puts everything together
	layerCmd     layer = "cmd"     // the program
	layerData    layer = "data"    // migrations and the web application, as embedded files
	layerRule    layer = "rule"    // this package
)

// baseConcepts are known to all other concepts.
var baseConcepts = []string{"grid", "people", "clock"}

// pkg is where a package sits.
type pkg struct {
	layer   layer
	concept string // the first folder below internal
	path    string // relative to the root
	helper  bool   // a package of test helpers, such as incidenttest
}

// place tells the layer of a folder.
func place(dir string) pkg {
	p := pkg{path: dir, helper: strings.HasSuffix(path.Base(dir), "test")}
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "cmd":
		p.layer = layerCmd
	case parts[0] != "internal" || len(parts) < 2:
		p.layer = layerData
	default:
		p.concept = parts[1]
		p.layer = layerOf(parts[1])
	}
	return p
}

func layerOf(concept string) layer {
	switch {
	case concept == "kit":
		return layerKit
	case concept == "perm":
		return layerPerm
	case concept == "app":
		return layerApp
	case concept == "arch":
		return layerRule
	case slices.Contains(baseConcepts, concept):
		return layerBase
	}
	return layerConcept
}

// checkImports holds the dependency rule. Tests and test helpers of a concept may use other concepts, because a real
// neighbour proves more than an invented one; kit's may not.
func checkImports(f *file) []Problem {
	var found []Problem
	for _, i := range f.imports {
		rel, ours := strings.CutPrefix(i.path, Module+"/")
		if !ours {
			continue
		}
		to := place(rel)
		if why := forbidden(f, to); why != "" {
			found = append(found, Problem{"import", f.path, i.line, "imports " + i.path + ": " + why})
		}
	}
	return found
}

// forbidden says why a file may not import a package of ours, or nothing when it may.
func forbidden(f *file, to pkg) string {
	from := f.pkg
	if from.concept != "" && from.concept == to.concept {
		return helperOnly(f, to)
	}
	switch from.layer {
	case layerCmd:
		if to.layer != layerApp {
			return "cmd imports app alone"
		}
		return ""
	case layerApp:
		return helperOnly(f, to)
	case layerKit:
		if to.layer == layerData && f.test {
			return "" // dbtest migrates
		}
		return "kit knows no concept"
	case layerData, layerRule:
		return from.path + " imports nothing of ours"
	}
	return conceptMay(f, to)
}

func conceptMay(f *file, to pkg) string {
	if why := helperOnly(f, to); why != "" {
		return why
	}
	switch {
	case to.layer == layerKit:
		return ""
	case f.pkg.layer == layerPerm:
		return "perm imports kit alone"
	case to.layer == layerPerm, f.test && to.layer != layerApp && to.layer != layerCmd:
		return ""
	case to.layer == layerBase && f.pkg.layer == layerConcept:
		return ""
	case f.pkg.layer == layerBase:
		return "grid, people and clock import kit and perm alone: declare a small interface here and let app supply it"
	case to.layer == layerConcept:
		return "concepts do not import each other: declare a small interface here and let app supply it, or follow the feed"
	}
	return "a concept imports kit, perm, grid, people and clock alone"
}

func helperOnly(f *file, to pkg) string {
	if to.helper && !f.test {
		return "test helpers are for tests"
	}
	return ""
}
