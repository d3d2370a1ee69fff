package people

import (
	"regexp"
	"strings"

	"gezhi/internal/kit/fault"
)

// AccountKind tells people from systems.
type AccountKind string

// The kinds of accounts.
const (
	PersonAccount  AccountKind = "person"  // signs in with a password
	PartnerAccount AccountKind = "partner" // another system, acts with a token
)

// Account is who signs in.
type Account struct {
	ID          string
	Login       string
	Name        string
	Phone       string // sealed
	MustChange  bool   // the password was given by somebody else
	LockedUntil int64  // unix ms; 0 when never locked
	Disabled    bool
	Kind        AccountKind
	PartnerRate int64 // reports a minute for a partner; 0 for none set
	Version     int64
	CreatedAt   int64 // unix ms
	UpdatedAt   int64 // unix ms
	SeenAt      int64 // unix ms when it was last used; 0 for never
	Posts       []Post
}

// maxPartnerRate bounds the reports a minute that a partner may be given.
const maxPartnerRate = 100_000

// loginForm admits only ASCII: two logins that look alike must not be two accounts.
var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{1,39}$`)

// NormalLogin returns the form in which logins are kept and compared.
func NormalLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// checkLogin notes a login that is not 2 to 40 ASCII letters, digits, dots, dashes, underscores or @.
func checkLogin(f *fault.Fields, field, login string) string {
	if login == "" {
		f.Add(field, "field.required")
		return ""
	}
	// Lower case first for ASCII only: the Kelvin sign would become a k.
	for _, r := range login {
		if r > 127 {
			f.Add(field, "account.login_form")
			return ""
		}
	}
	login = NormalLogin(login)
	if !loginForm.MatchString(login) {
		f.Add(field, "account.login_form")
	}
	return login
}

// phonePlace is the place to which an account's sealed phone number is bound.
func phonePlace(accountID string) string { return "accounts." + accountID + ".phone" }
