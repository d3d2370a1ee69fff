package people

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// ScreenPage is a page of a partner, or a wall of video, that may stand beside the map on the command screen.
type ScreenPage struct {
	Name    string `json:"name" maxLength:"40"`
	URL     string `json:"url" maxLength:"500" doc:"a whole https address"`
	Network string `json:"network" enum:"police,government,internet" doc:"the network that it comes from; the screen marks it"`
}

// ScreenPages are all pages that the command screen may show; the screen's own policy lets the browser load no others.
type ScreenPages struct {
	Items []ScreenPage `json:"items" nullable:"false"`
}

// maxScreenPages bounds the pages, and with them the policy that goes out with the screen. A street of the press shows
// thirteen systems.
const maxScreenPages = 24

// screenNetworks are the networks that a page can come from.
var screenNetworks = []string{"police", "government", "internet"}

// screenPagesKey is the setting that holds the pages as JSON.
const screenPagesKey = "screen.pages"

// ScreenPages returns the pages that are allowed.
func (s *Service) ScreenPages(ctx context.Context) (ScreenPages, error) {
	out := ScreenPages{Items: []ScreenPage{}}
	text, err := readSetting(ctx, s.DB.Read(), screenPagesKey)
	if err != nil || text == "" {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// ScreenOrigins returns where the allowed pages come from, each once, as a content security policy names it.
func (s *Service) ScreenOrigins(ctx context.Context) ([]string, error) {
	pages, err := s.ScreenPages(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range pages.Items {
		if u, err := url.Parse(p.URL); err == nil && !slices.Contains(out, "https://"+u.Host) {
			out = append(out, "https://"+u.Host)
		}
	}
	return out, nil
}

// UpdateScreenPages changes the pages; all field errors come at once.
func (s *Service) UpdateScreenPages(ctx context.Context, actor authz.Actor, in ScreenPages) (ScreenPages, error) {
	if err := need(actor, perm.SettingsManage); err != nil {
		return ScreenPages{}, err
	}
	if err := in.check(); err != nil {
		return ScreenPages{}, err
	}
	text, err := json.Marshal(in)
	if err != nil {
		return ScreenPages{}, err
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := writeSetting(ctx, tx, screenPagesKey, string(text), at.UnixMilli()); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "office.screen", "office", "office")
	})
	return in, err
}

func (l *ScreenPages) check() error {
	var f fault.Fields
	if len(l.Items) > maxScreenPages {
		f.Add("items", "field.too_many", "max", maxScreenPages)
	}
	seen := map[string]bool{}
	for n := range l.Items {
		p, at := &l.Items[n], fmt.Sprintf("items[%d]", n)
		p.Name = fault.CheckText(&f, at+".name", p.Name, true, 40)
		p.URL = fault.CheckText(&f, at+".url", p.URL, true, 500)
		switch {
		case p.URL == "":
		case !framable(p.URL):
			f.Add(at+".url", "field.https")
		case seen[p.URL]:
			f.Add(at+".url", "field.duplicate")
		}
		seen[p.URL] = true
		if !slices.Contains(screenNetworks, p.Network) {
			f.Add(at+".network", "field.choice")
		}
	}
	if l.Items == nil {
		l.Items = []ScreenPage{}
	}
	return f.Err()
}

// framable lets through an https address whose host can stand in a policy: a name, or an address of four numbers, with
// a port; neither an account nor a wildcard.
func framable(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Hostname() == "" {
		return false
	}
	return strings.IndexFunc(u.Host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:", r))
	}) < 0
}
