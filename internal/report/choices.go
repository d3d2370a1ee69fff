package report

import "gezhi/internal/kit/authz"

// choices lists the areas of a scope with what lies below them, each below the one above it. Where there are very many
// the deepest are left out.
func (s *Service) choices(scope authz.Scope) []ChoiceView {
	var roots []Area
	if scope.All {
		roots = s.Places.Tops()
	}
	for _, id := range scope.Areas {
		path := s.Places.Path(id)
		if len(path) == 0 || scope.All || (authz.Scope{Areas: scope.Areas}).Covers(authz.Target{Areas: ids(path[:len(path)-1])}) {
			continue
		}
		roots = append(roots, path[len(path)-1])
	}
	for depth := 5; ; depth-- {
		list := []ChoiceView{}
		for _, root := range roots {
			list = s.under(list, root, 0, depth)
		}
		if len(list) <= maxChoices || depth == 0 {
			return list
		}
	}
}

func (s *Service) under(list []ChoiceView, a Area, depth, most int) []ChoiceView {
	list = append(list, ChoiceView{a.ID, a.Name, a.Level, depth})
	if depth == most || len(list) > maxChoices {
		return list
	}
	for _, child := range s.Places.Below(a.ID) {
		list = s.under(list, child, depth+1, most)
	}
	return list
}
