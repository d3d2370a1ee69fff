package people

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

type unitExportInput struct {
	bulk.Lang
	UnitFilter
}

type accountExportInput struct {
	bulk.Lang
	AccountFilter
}

type auditExportInput struct {
	bulk.Lang
	AuditFilter
}

// UnitFilter, AccountFilter and AuditFilter are the filters of the lists, so that a table holds what the list shows.
type (
	UnitFilter    = unitListInput
	AccountFilter = accountListInput
	AuditFilter   = auditInput
)

// ExportRoutes registers the lists of this package as tables. areas names the way to an area; nil: its name only.
func ExportRoutes(api *web.API, s *Service, d *bulk.Desk, areas AreaFinder) {
	e := exports{&handlers{s}, areas}
	bulk.Export(api, d, bulk.List{Name: "units", Path: "/api/v1/units", ID: "exportUnits", Tag: "units", Access: web.Need(perm.UnitRead),
		Columns: []sheet.Column{{Key: "code", Width: 16}, {Key: "name", Width: 28}, {Key: "kind"}, {Key: "speciality"}, {Key: "parent", Width: 28}, {Key: "area", Width: 36},
			{Key: "section"}, {Key: "office_phone"}, {Key: "address", Width: 36}, {Key: "open", Kind: sheet.Bool}}}, e.units)
	bulk.Export(api, d, bulk.List{Name: "accounts", Path: "/api/v1/accounts", ID: "exportAccounts", Tag: "accounts", Access: web.Need(perm.AccountRead),
		Columns: []sheet.Column{{Key: "login"}, {Key: "person", Width: 14}, {Key: "phone"}, {Key: "account_kind"}, {Key: "posts", Width: 50}, {Key: "enabled", Kind: sheet.Bool},
			{Key: "locked_until", Kind: sheet.Time}, {Key: "seen_at", Kind: sheet.Time}, {Key: "created_at", Kind: sheet.Time}}}, e.accounts)
	bulk.Export(api, d, bulk.List{Name: "posts", Path: "/api/v1/posts", ID: "exportPosts", Tag: "accounts", Access: web.Need(perm.AccountRead),
		Columns: []sheet.Column{{Key: "person", Width: 14}, {Key: "phone"}, {Key: "login"}, {Key: "role"}, {Key: "unit", Width: 28}, {Key: "area", Width: 36},
			{Key: "from", Kind: sheet.Time}, {Key: "to", Kind: sheet.Time}, {Key: "current", Kind: sheet.Bool}}}, e.posts)
	bulk.Export(api, d, bulk.List{Name: "roles", Path: "/api/v1/roles", ID: "exportRoles", Tag: "roles", Access: web.Need(perm.RoleManage, perm.AccountRead),
		Columns: []sheet.Column{{Key: "role"}, {Key: "reach"}, {Key: "permission", Width: 40}}}, e.roles)
	bulk.Export(api, d, bulk.List{Name: "audit", Path: "/api/v1/audit", ID: "exportAudit", Tag: "audit", Access: web.Need(perm.AuditRead),
		Columns: []sheet.Column{{Key: "at", Kind: sheet.Time}, {Key: "actor"}, {Key: "action", Width: 44}, {Key: "object_name", Width: 28}, {Key: "detail", Width: 60},
			{Key: "sealed", Kind: sheet.Bool}}}, e.audit)
}

type exports struct {
	*handlers
	areas AreaFinder
}

// areaPath names the way to an area, because grids of different communities share names.
func (e exports) areaPath(p *PlaceName) string {
	switch {
	case p == nil:
		return ""
	case e.areas == nil:
		return p.Name
	}
	return e.areas.Path(p.ID)
}

func nameOf(p *PlaceName) string {
	if p == nil {
		return ""
	}
	return p.Name
}

func (e exports) units(ctx context.Context, in *unitExportInput, say words.Speaker, row bulk.Row) error {
	return bulk.Pages(func(cursor string) (string, error) {
		in.Limit, in.Cursor = page.MaxLimit, cursor
		list, err := e.listUnits(ctx, &in.UnitFilter)
		if err != nil {
			return "", err
		}
		for _, u := range list.Body.Items {
			speciality := ""
			if u.Speciality != "" {
				if speciality = say.Catalog.Say(say.Lang, "units.speciality."+u.Speciality, nil); speciality == "" {
					speciality = u.Speciality
				}
			}
			if err := row(u.Code, u.Name, say.Say("units.kind."+u.Kind), speciality, nameOf(u.Parent), e.areaPath(u.Area), u.Section, u.Phone, u.Address, u.Open); err != nil {
				return "", err
			}
		}
		return list.Body.Next, nil
	})
}

// eachAccount calls fn for every account that the list would show.
func (e exports) eachAccount(ctx context.Context, in *accountExportInput, fn func(AccountView) error) error {
	return bulk.Pages(func(cursor string) (string, error) {
		in.Limit, in.Cursor = page.MaxLimit, cursor
		list, err := e.listAccounts(ctx, &in.AccountFilter)
		if err != nil {
			return "", err
		}
		for _, a := range list.Body.Items {
			if err := fn(a); err != nil {
				return "", err
			}
		}
		return list.Body.Next, nil
	})
}

func (e exports) accounts(ctx context.Context, in *accountExportInput, say words.Speaker, row bulk.Row) error {
	return e.eachAccount(ctx, in, func(a AccountView) error {
		var posts []string
		for _, p := range a.Posts {
			if p.Current {
				words := []string{say.Pick(p.RoleName.Zh, p.RoleName.En), nameOf(p.Unit), e.areaPath(p.Area)}
				posts = append(posts, strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
			}
		}
		return row(a.Login, a.Name, a.Phone, say.Say("accounts.kind."+a.Kind), strings.Join(posts, "\n"), !a.Disabled, a.LockedUntil, a.SeenAt, a.CreatedAt)
	})
}

func (e exports) posts(ctx context.Context, in *accountExportInput, say words.Speaker, row bulk.Row) error {
	return e.eachAccount(ctx, in, func(a AccountView) error {
		for _, p := range a.Posts {
			if err := row(a.Name, a.Phone, a.Login, say.Pick(p.RoleName.Zh, p.RoleName.En), nameOf(p.Unit), e.areaPath(p.Area), p.From, p.To, p.Current); err != nil {
				return err
			}
		}
		return nil
	})
}

func (e exports) roles(ctx context.Context, _ *bulk.Lang, say words.Speaker, row bulk.Row) error {
	roles, err := e.s.Roles(ctx, web.Actor(ctx))
	if err != nil {
		return err
	}
	for _, r := range roles {
		for _, p := range r.Permissions {
			if err := row(say.Pick(r.NameZh, r.NameEn), say.Say("roles.reach."+string(r.Reach)), say.Say("roles.permission."+string(p))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e exports) audit(ctx context.Context, in *auditExportInput, say words.Speaker, row bulk.Row) error {
	return bulk.Pages(func(cursor string) (string, error) {
		rows, next, err := e.s.Audit.List(ctx, audit.Query{Actor: in.Actor, Action: in.Action, Object: in.Object, ObjectID: in.ObjectID,
			From: in.From, To: in.To, Limit: page.MaxLimit, Cursor: cursor})
		if err != nil {
			return "", err
		}
		for _, r := range rows {
			name := e.objectName(r)
			detail, err := json.Marshal(r.Detail)
			if err != nil {
				return "", err
			}
			did := say.Catalog.Say(say.Lang, "audit.did."+r.Action, map[string]any{"name": name})
			if did == "" {
				did = r.Action
			}
			if err := row(r.At, r.ActorName, did, name, string(detail), r.Seal > 0); err != nil {
				return "", err
			}
		}
		return next, nil
	})
}
