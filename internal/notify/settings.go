package notify

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// Settings are what holds for all messages.
type Settings struct {
	Site string `json:"site" maxLength:"200" doc:"address at which people reach the pages, https://...; empty: messages hold no link"`
	Push bool   `json:"push" doc:"phones may be woken by the browser's push service"`
}

// settingsKey and vapidKey are the settings that hold them; the key's private half is sealed.
const (
	settingsKey = "notify.settings"
	vapidKey    = "notify.vapid"
)

// Settings returns them.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	return readSettings(ctx, s.DB.Read())
}

func readSettings(ctx context.Context, q db.Querier) (out Settings, err error) {
	text, err := db.Setting(ctx, q, settingsKey)
	if err != nil || text == "" {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// UpdateSettings changes them. Waking phones needs the address, because push services want to know who sends.
func (s *Service) UpdateSettings(ctx context.Context, actor authz.Actor, in Settings) (Settings, error) {
	if err := need(actor); err != nil {
		return in, err
	}
	var f fault.Fields
	in.Site = strings.TrimRight(fault.CheckText(&f, "site", in.Site, in.Push, 200), "/")
	if u, err := url.Parse(in.Site); in.Site != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "") {
		f.Add("site", "notify.site")
	}
	if err := f.Err(); err != nil {
		return in, err
	}
	text, err := json.Marshal(in)
	if err != nil {
		return in, err
	}
	at := s.Clock.Now().UnixMilli()
	return in, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if in.Push {
			if err := s.ensureVapid(ctx, tx, at); err != nil {
				return err
			}
		}
		if err := db.PutSetting(ctx, tx, settingsKey, string(text), at); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "sender.settings", "office", "office", nil)
	})
}

// ensureVapid makes the office's key for push services, once: with another one all phones would have to subscribe anew.
func (s *Service) ensureVapid(ctx context.Context, tx db.Tx, at int64) error {
	kept, err := db.Setting(ctx, tx, vapidKey)
	if err != nil || kept != "" {
		return err
	}
	key, err := newVapidKey()
	if err != nil {
		return err
	}
	sealed, err := s.Keys.Seal(key, vapidKey)
	if err != nil {
		return err
	}
	return db.PutSetting(ctx, tx, vapidKey, sealed, at)
}

// vapid returns the key; ok is false while nobody switched waking on.
func (s *Service) vapid(ctx context.Context, site string) (v vapid, ok bool, err error) {
	sealed, err := db.Setting(ctx, s.DB.Read(), vapidKey)
	if err != nil || sealed == "" {
		return v, false, err
	}
	text, err := s.Keys.Open(sealed, vapidKey)
	if err != nil {
		return v, false, err
	}
	key, err := readVapidKey(text)
	return vapid{key, site}, err == nil, err
}
