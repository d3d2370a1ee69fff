package people

import (
	"regexp"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// Administration is one of the three kinds of administering that no single person may hold together.
type Administration string

// The administrations. Business roles have none.
const (
	NoAdministration Administration = ""
	SystemAdmin      Administration = "system"
	SecurityAdmin    Administration = "security"
	AuditAdmin       Administration = "audit"
)

// Role is a named set of permissions. Roles are data: administrators change what a role may do.
type Role struct {
	Code        string
	NameZh      string
	NameEn      string
	Reach       authz.Reach
	Administers Administration // the first one its permissions belong to
	Permissions []authz.Permission
	Sort        int64
	Version     int64
}

// PartnerRole is the role of another system that reports incidents with a token.
const PartnerRole = "partner"

var administrationOf = map[authz.Permission]Administration{
	perm.AreaManage: SystemAdmin, perm.UnitManage: SystemAdmin, perm.SettingsManage: SystemAdmin,
	perm.CategoryManage: SystemAdmin, perm.RuleManage: SystemAdmin, perm.WindowManage: SystemAdmin, perm.ClockManage: SystemAdmin, perm.VideoManage: SystemAdmin,
	perm.AccountRead: SecurityAdmin, perm.AccountManage: SecurityAdmin, perm.RoleManage: SecurityAdmin,
	perm.AuditRead: AuditAdmin,
}

// neutral permissions look at the organisation; every role may hold them.
var neutral = []authz.Permission{perm.AreaRead, perm.UnitRead}

// Administrations returns to which administrations the permissions belong, in a fixed order, each once.
func Administrations(permissions []authz.Permission) []Administration {
	var out []Administration
	for _, a := range []Administration{SystemAdmin, SecurityAdmin, AuditAdmin} {
		if slices.ContainsFunc(permissions, func(p authz.Permission) bool { return administrationOf[p] == a }) {
			out = append(out, a)
		}
	}
	return out
}

// Mixes tells whether these administrations may not be held together. A small office may let one person hold system
// and security; audit always stands alone.
func Mixes(held []Administration, oneAdmin bool) bool {
	if len(held) < 2 {
		return false
	}
	return !oneAdmin || slices.Contains(held, AuditAdmin)
}

var roleCode = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// Validate notes everything that is wrong with the role and sets Administers from the permissions. The separation of
// administrations is checked with them.
func (r *Role) Validate(f *fault.Fields, oneAdmin bool) {
	if !roleCode.MatchString(r.Code) {
		f.Add("code", "role.code_form")
	}
	r.NameZh = fault.CheckText(f, "name.zh", r.NameZh, true, 40)
	r.NameEn = fault.CheckText(f, "name.en", r.NameEn, true, 60)
	switch r.Reach {
	case authz.ReachArea, authz.ReachUnit, authz.ReachBoth, authz.ReachNone:
	default:
		f.Add("reach", "field.choice", "choices", []authz.Reach{authz.ReachArea, authz.ReachUnit, authz.ReachBoth, authz.ReachNone})
	}
	r.Permissions = ordered(f, r.Permissions)
	held := Administrations(r.Permissions)
	r.Administers = NoAdministration
	if len(held) > 0 {
		r.Administers = held[0]
	}
	if Mixes(held, oneAdmin) {
		f.Add("permissions", "role.mixed", "administrations", held)
	}
	// What administers reaches everything, so nothing that belongs to a place or a unit may come with it.
	business := slices.ContainsFunc(r.Permissions, func(p authz.Permission) bool {
		return administrationOf[p] == NoAdministration && !slices.Contains(neutral, p)
	})
	switch {
	case len(held) > 0 && business:
		f.Add("permissions", "role.business_and_administration")
	case len(held) > 0 && r.Reach != authz.ReachNone:
		f.Add("reach", "role.administration_reach")
	case business && r.Reach == authz.ReachNone:
		f.Add("reach", "role.business_reach")
	}
}

// ordered returns the permissions in the order of the matrix, each once.
func ordered(f *fault.Fields, asked []authz.Permission) []authz.Permission {
	out := []authz.Permission{}
	for _, p := range perm.All {
		if slices.Contains(asked, p) {
			out = append(out, p)
		}
	}
	for _, p := range asked {
		if !slices.Contains(perm.All, p) {
			f.Add("permissions", "role.unknown_permission", "permission", string(p))
		}
	}
	return out
}
