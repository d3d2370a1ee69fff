package people

import (
	"context"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
)

// Routes registers everything that the API offers about people, sessions, set-up and the audit trail.
func Routes(api *web.API, s *Service) {
	h := &handlers{s}
	h.sessionRoutes(api)
	h.pageRoutes(api)
	h.setupRoutes(api)
	h.unitRoutes(api)
	h.accountRoutes(api)
	h.secretRoutes(api)
	h.roleRoutes(api)
	h.officeRoutes(api)
	h.linesRoutes(api)
	h.screenRoutes(api)
	h.auditRoutes(api)
	h.leaveRoutes(api)
	h.preferenceRoutes(api)
	h.absenceRoutes(api)
}

// handlers turns requests into calls of the service and what comes back into the shapes of the API.
type handlers struct{ s *Service }

// answer is a body and nothing else.
type answer[T any] struct{ Body T }

func bodyOf[T any](v T) *answer[T] { return &answer[T]{Body: v} }

// empty is an answer without a body.
type empty struct{}

// ByID is a request that names one thing.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// ListParams are what every list takes.
type ListParams struct {
	Q      string `query:"q" maxLength:"100"`
	Sort   string `query:"sort" maxLength:"20" doc:"a column, with - in front for descending"`
	Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"default 50"`
	Cursor string `query:"cursor" maxLength:"1000"`
}

// yesNo reads an optional query value "true" or "false".
func yesNo(text string) *bool {
	if text == "" {
		return nil
	}
	v := text == "true"
	return &v
}

// accountAnswer shows an account after a change.
func (h *handlers) accountAnswer(ctx context.Context, a Account, err error) (*answer[AccountView], error) {
	if err != nil {
		return nil, h.shown(ctx, err)
	}
	roles, err := h.s.roleIndex(ctx)
	if err != nil {
		return nil, err
	}
	return bodyOf(h.s.accountView(a, roles)), nil
}

// shown gives the item in a conflict the shape in which the API shows it.
func (h *handlers) shown(ctx context.Context, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	switch item := f.Current.(type) {
	case Unit:
		f.Current = h.s.unitView(item)
	case Role:
		f.Current = roleView(item)
	case Account:
		roles, err := h.s.roleIndex(ctx)
		if err != nil {
			return err
		}
		f.Current = h.s.accountView(item, roles)
	}
	return f
}
