package people

import (
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/seal"
)

// PlaceName names what a post or unit refers to.
type PlaceName struct {
	ID   string `json:"id"`
	Name string `json:"name" doc:"'' when it is no longer known"`
}

// RoleName is the name of a role in both languages.
type RoleName struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// UnitView is a unit as the API shows it.
type UnitView struct {
	ID         string     `json:"id"`
	Code       string     `json:"code"`
	Name       string     `json:"name"`
	Kind       string     `json:"kind" enum:"centre,station,department,community,team,company"`
	Speciality string     `json:"speciality"`
	Parent     *PlaceName `json:"parent,omitempty"`
	Area       *PlaceName `json:"area,omitempty" doc:"missing: responsible everywhere"`
	Section    string     `json:"section"`
	Phone      string     `json:"phone"`
	Address    string     `json:"address"`
	Approves   bool       `json:"approves_replies" doc:"somebody else of the unit approves replies before they go out"`
	Open       bool       `json:"open"`
	Version    int64      `json:"version"`
	CreatedAt  int64      `json:"created_at" doc:"unix ms"`
	UpdatedAt  int64      `json:"updated_at" doc:"unix ms"`
}

// PostView is a post as the API shows it.
type PostView struct {
	ID       string     `json:"id"`
	Role     string     `json:"role"`
	RoleName RoleName   `json:"role_name"`
	Unit     *PlaceName `json:"unit,omitempty"`
	Area     *PlaceName `json:"area,omitempty" doc:"missing: everything, if the role reaches areas"`
	From     int64      `json:"from" doc:"unix ms"`
	To       int64      `json:"to,omitempty" doc:"unix ms; missing: no end"`
	Current  bool       `json:"current"`
}

// AccountView is an account as administrators see it.
type AccountView struct {
	ID          string     `json:"id"`
	Login       string     `json:"login"`
	Name        string     `json:"name"`
	Phone       string     `json:"phone" doc:"masked"`
	Kind        string     `json:"kind" enum:"person,partner"`
	Rate        int64      `json:"rate" doc:"reports a minute of a partner; 0: none set"`
	MustChange  bool       `json:"must_change"`
	LockedUntil int64      `json:"locked_until,omitempty" doc:"unix ms, while locked out"`
	Disabled    bool       `json:"disabled"`
	Version     int64      `json:"version"`
	CreatedAt   int64      `json:"created_at" doc:"unix ms"`
	SeenAt      int64      `json:"seen_at" doc:"unix ms of the last use; 0: never"`
	Posts       []PostView `json:"posts" nullable:"false"`
}

// MeView is the signed-in account as it sees itself.
type MeView struct {
	ID          string             `json:"id"`
	Login       string             `json:"login"`
	Name        string             `json:"name"`
	MustChange  bool               `json:"must_change" doc:"only a new password is possible now"`
	Posts       []PostView         `json:"posts" nullable:"false"`
	Permissions []authz.Permission `json:"permissions" nullable:"false"`
}

// RoleView is a role as the API shows it.
type RoleView struct {
	Code        string             `json:"code"`
	Name        RoleName           `json:"name"`
	Reach       string             `json:"reach" enum:"area,unit,both,none"`
	Administers string             `json:"administers" enum:",system,security,audit"`
	Permissions []authz.Permission `json:"permissions" nullable:"false"`
	Sort        int64              `json:"sort"`
	Version     int64              `json:"version"`
}

func (s *Service) unitView(u Unit) UnitView {
	v := UnitView{ID: u.ID, Code: u.Code, Name: u.Name, Kind: string(u.Kind), Speciality: u.Speciality, Section: u.Section,
		Phone: u.Phone, Address: u.Address, Approves: u.Approves, Open: u.Open, Version: u.Version, CreatedAt: u.CreatedAt, UpdatedAt: u.UpdatedAt}
	if u.ParentID != "" {
		v.Parent = &PlaceName{ID: u.ParentID, Name: s.directory.UnitName(u.ParentID)}
	}
	v.Area = s.areaName(u.AreaID)
	return v
}

func (s *Service) areaName(id string) *PlaceName {
	if id == "" {
		return nil
	}
	return &PlaceName{ID: id, Name: s.Areas.Name(id)}
}

func (s *Service) postView(p Post, roles map[string]Role) PostView {
	r := roles[p.Role]
	v := PostView{ID: p.ID, Role: p.Role, RoleName: RoleName{Zh: r.NameZh, En: r.NameEn}, Area: s.areaName(p.AreaID),
		From: p.From, To: p.To, Current: p.Holds(s.Clock.Now().UnixMilli())}
	if p.UnitID != "" {
		v.Unit = &PlaceName{ID: p.UnitID, Name: s.directory.UnitName(p.UnitID)}
	}
	return v
}

func (s *Service) postViews(posts []Post, roles map[string]Role) []PostView {
	out := make([]PostView, len(posts))
	for i, p := range posts {
		out[i] = s.postView(p, roles)
	}
	return out
}

// accountView masks the phone number; one that does not open (a lost key) is shown as absent.
func (s *Service) accountView(a Account, roles map[string]Role) AccountView {
	phone, err := s.Seal.Open(a.Phone, phonePlace(a.ID))
	if err != nil {
		phone = ""
	}
	v := AccountView{ID: a.ID, Login: a.Login, Name: a.Name, Phone: seal.MaskPhone(phone), Kind: string(a.Kind), Rate: a.PartnerRate,
		MustChange: a.MustChange, Disabled: a.Disabled, Version: a.Version, CreatedAt: a.CreatedAt, SeenAt: a.SeenAt, Posts: s.postViews(a.Posts, roles)}
	if a.LockedUntil > s.Clock.Now().UnixMilli() {
		v.LockedUntil = a.LockedUntil
	}
	return v
}

func (s *Service) meView(me Me) *MeView {
	a := me.Account
	return &MeView{ID: a.ID, Login: a.Login, Name: a.Name, MustChange: a.MustChange, Posts: s.postViews(a.Posts, me.Roles), Permissions: me.Permissions}
}

func roleView(r Role) RoleView {
	return RoleView{Code: r.Code, Name: RoleName{Zh: r.NameZh, En: r.NameEn}, Reach: string(r.Reach),
		Administers: string(r.Administers), Permissions: r.Permissions, Sort: r.Sort, Version: r.Version}
}
