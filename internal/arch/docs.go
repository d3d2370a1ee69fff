package arch

import (
	"fmt"
	"go/ast"
)

// documented is the share of exported names that must have a doc comment.
const documented = 0.95

// Names counts the exported names of hand-written, non-test Go files and those of them without a doc comment.
type Names struct {
	All     int
	Missing []Problem
}

// Share is the share of names with a doc comment, from 0 to 1; 1 when there are no names.
func (n Names) Share() float64 {
	if n.All == 0 {
		return 1
	}
	return 1 - float64(len(n.Missing))/float64(n.All)
}

func checkDocs(files []*file) []Problem {
	n := countNames(files)
	if n.Share() >= documented {
		return nil
	}
	head := Problem{"doc", "internal", 0, fmt.Sprintf("%.1f %% of %d exported names have a doc comment, want %.0f %%",
		100*n.Share(), n.All, 100*documented)}
	return append([]Problem{head}, n.Missing...)
}

func countNames(files []*file) Names {
	var n Names
	for _, f := range files {
		if f.test || !f.written || f.pkg.layer == layerCmd || f.ast.Name.Name == "main" {
			continue
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if ast.IsExported(d.Name.Name) && onExported(d) {
					n.name(f, d.Name, d.Doc != nil)
				}
			case *ast.GenDecl:
				n.group(f, d)
			}
		}
	}
	return n
}

// group counts the names of a type, const or var declaration. The comment of a group of constants speaks for all.
func (n *Names) group(f *file, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			n.name(f, s.Name, s.Doc != nil || d.Doc != nil || s.Comment != nil)
		case *ast.ValueSpec:
			for _, id := range s.Names {
				n.name(f, id, s.Doc != nil || d.Doc != nil || s.Comment != nil)
			}
		}
	}
}

func (n *Names) name(f *file, id *ast.Ident, has bool) {
	if !ast.IsExported(id.Name) {
		return
	}
	n.All++
	if !has {
		n.Missing = append(n.Missing, Problem{"doc", f.path, f.line(id.Pos()), id.Name + " has no doc comment"})
	}
}

// onExported tells whether a function is one, or a method of an exported type.
func onExported(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	found, exported := false, true
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			found, exported = true, ast.IsExported(id.Name)
		}
		return !found
	})
	return exported
}
