package people

import (
	"context"
	"net/http"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

type accountListInput struct {
	ListParams
	Kind     string `query:"kind" enum:"person,partner"`
	Role     string `query:"role" maxLength:"40"`
	Unit     string `query:"unit" maxLength:"64"`
	Area     string `query:"area" maxLength:"64"`
	Disabled string `query:"disabled" enum:"true,false"`
	Locked   bool   `query:"locked" doc:"locked out at this moment"`
	Unused   int    `query:"unused" minimum:"0" maximum:"3650" doc:"days: not used since, and older than that"`
}

// AccountPage is a part of the list of accounts.
type AccountPage struct {
	Items []AccountView `json:"items" nullable:"false"`
	Next  string        `json:"next" doc:"cursor of the next ones; '' at the end"`
}

// PostFields is what a post is made from.
type PostFields struct {
	Role string `json:"role" maxLength:"40"`
	Unit string `json:"unit,omitempty" maxLength:"64"`
	Area string `json:"area,omitempty" maxLength:"64" doc:"missing: everything, if the role reaches areas"`
	From int64  `json:"from,omitempty" minimum:"0" doc:"unix ms; missing: now"`
	To   int64  `json:"to,omitempty" minimum:"0" doc:"unix ms; missing: no end"`
}

func (p PostFields) post(accountID string) Post {
	return Post{AccountID: accountID, Role: p.Role, UnitID: p.Unit, AreaID: p.Area, From: p.From, To: p.To}
}

// AccountFields is what an account is made from.
type AccountFields struct {
	Login    string       `json:"login" maxLength:"200"`
	Name     string       `json:"name" maxLength:"200"`
	Kind     string       `json:"kind,omitempty" enum:"person,partner" default:"person"`
	Phone    string       `json:"phone,omitempty" maxLength:"24"`
	Rate     int64        `json:"rate,omitempty" doc:"reports a minute of a partner"`
	Password string       `json:"password,omitempty" maxLength:"512" doc:"first password of a person; made when missing"`
	Posts    []PostFields `json:"posts,omitempty" maxItems:"20" nullable:"false"`
}

// AccountMade is a new account with its first password, which is shown this once.
type AccountMade struct {
	Account  AccountView `json:"account"`
	Password string      `json:"password,omitempty"`
}

// AccountFieldsChange is what can be changed of an account, over the version that was read.
type AccountFieldsChange struct {
	Name    string  `json:"name" maxLength:"200"`
	Phone   *string `json:"phone,omitempty" maxLength:"24" doc:"missing keeps it, '' removes it"`
	Rate    int64   `json:"rate,omitempty"`
	Version int64   `json:"version"`
}

type accountCreateInput struct{ Body AccountFields }

type accountUpdateInput struct {
	ByID
	Body AccountFieldsChange
}

type postAddInput struct {
	ByID
	Body PostFields
}

type postEndInput struct {
	ByID
	Post string `path:"post" maxLength:"64"`
}

func accountRoute(method, path, id, summary string, access web.Access) web.Route {
	return web.Route{Method: method, Path: "/api/v1/accounts" + path, ID: id, Tag: "accounts", Summary: summary, Access: access}
}

func (h *handlers) accountRoutes(api *web.API) {
	read, manage := web.Need(perm.AccountRead), web.Need(perm.AccountManage)
	web.Register(api, accountRoute(http.MethodGet, "", "listAccounts", "List accounts", read), h.listAccounts)
	create := accountRoute(http.MethodPost, "", "createAccount", "Make an account", manage)
	create.Status, create.NoKeep = http.StatusCreated, true // the answer holds a password and must not be kept
	web.Register(api, create, h.createAccount)
	web.Register(api, accountRoute(http.MethodGet, "/{id}", "getAccount", "One account with all its posts", read),
		func(ctx context.Context, in *ByID) (*answer[AccountView], error) {
			a, err := h.s.Account(ctx, web.Actor(ctx), in.ID)
			return h.accountAnswer(ctx, a, err)
		})
	web.Register(api, accountRoute(http.MethodPut, "/{id}", "updateAccount", "Change an account", manage),
		func(ctx context.Context, in *accountUpdateInput) (*answer[AccountView], error) {
			a, err := h.s.UpdateAccount(ctx, web.Actor(ctx), AccountChange{ID: in.ID, Version: in.Body.Version, Name: in.Body.Name,
				Phone: in.Body.Phone, Rate: in.Body.Rate})
			return h.accountAnswer(ctx, a, err)
		})
	web.Register(api, accountRoute(http.MethodPost, "/{id}/posts", "addPost", "Give an account a post", manage),
		func(ctx context.Context, in *postAddInput) (*answer[AccountView], error) {
			a, err := h.s.AddPost(ctx, web.Actor(ctx), in.Body.post(in.ID))
			return h.accountAnswer(ctx, a, err)
		})
	web.Register(api, accountRoute(http.MethodDelete, "/{id}/posts/{post}", "endPost", "End a post now", manage),
		func(ctx context.Context, in *postEndInput) (*answer[AccountView], error) {
			a, err := h.s.EndPost(ctx, web.Actor(ctx), in.ID, in.Post)
			return h.accountAnswer(ctx, a, err)
		})
	for _, x := range []struct {
		path, id, summary string
		do                func(context.Context, authz.Actor, string) (Account, error)
	}{
		{"disable", "disableAccount", "Bar an account and end its sessions", h.s.DisableAccount},
		{"enable", "enableAccount", "Let a disabled account in again", h.s.EnableAccount},
		{"unlock", "unlockAccount", "End a lock-out", h.s.UnlockAccount},
		{"end-sessions", "endSessions", "Sign a person out everywhere", h.s.EndSessions},
	} {
		web.Register(api, accountRoute(http.MethodPost, "/{id}/"+x.path, x.id, x.summary, manage),
			func(ctx context.Context, in *ByID) (*answer[AccountView], error) {
				a, err := x.do(ctx, web.Actor(ctx), in.ID)
				return h.accountAnswer(ctx, a, err)
			})
	}
}

func (h *handlers) listAccounts(ctx context.Context, in *accountListInput) (*answer[AccountPage], error) {
	query := AccountQuery{Text: in.Q, Kind: AccountKind(in.Kind), Role: in.Role, UnitID: in.Unit, AreaID: in.Area,
		Disabled: yesNo(in.Disabled), Locked: in.Locked, Sort: in.Sort, Limit: in.Limit, Cursor: in.Cursor}
	if in.Unused > 0 {
		query.UnusedSince = h.s.Clock.Now().AddDate(0, 0, -in.Unused).UnixMilli()
	}
	accounts, next, err := h.s.Accounts(ctx, web.Actor(ctx), query)
	if err != nil {
		return nil, err
	}
	roles, err := h.s.roleIndex(ctx)
	if err != nil {
		return nil, err
	}
	page := AccountPage{Items: make([]AccountView, len(accounts)), Next: next}
	for i, a := range accounts {
		page.Items[i] = h.s.accountView(a, roles)
	}
	return bodyOf(page), nil
}

func (h *handlers) createAccount(ctx context.Context, in *accountCreateInput) (*answer[AccountMade], error) {
	b := in.Body
	posts := make([]Post, len(b.Posts))
	for i, p := range b.Posts {
		posts[i] = p.post("")
	}
	a, password, err := h.s.CreateAccount(ctx, web.Actor(ctx), NewAccount{Login: b.Login, Name: b.Name, Kind: AccountKind(b.Kind),
		Phone: b.Phone, Rate: b.Rate, Password: b.Password, Posts: posts})
	shown, err := h.accountAnswer(ctx, a, err)
	if err != nil {
		return nil, err
	}
	return bodyOf(AccountMade{Account: shown.Body, Password: password}), nil
}
