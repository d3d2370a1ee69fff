package people

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"unicode/utf8"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// Limits of what a person may keep of their screens: bytes of one value, and how many.
const (
	maxPreference  = 16 << 10
	maxPreferences = 50
)

var preferenceName = regexp.MustCompile(`^[a-z][a-z0-9_.-]{0,59}$`)

// Preferences returns what the actor keeps of their screens, JSON by name.
func (s *Service) Preferences(ctx context.Context, actor authz.Actor) (map[string]json.RawMessage, error) {
	return preferencesOf(ctx, s.DB.Read(), actor.AccountID)
}

// SetPreference keeps a value under a name, in place of the one before; null forgets it. The names are small letters,
// digits, dots and lines; a value has at most 16 KB, and there are at most fifty ("preference.too_many").
func (s *Service) SetPreference(ctx context.Context, actor authz.Actor, name string, value json.RawMessage) error {
	var f fault.Fields
	if !preferenceName.MatchString(name) {
		f.Add("name", "field.pattern")
	}
	var kept bytes.Buffer
	switch {
	case len(value) == 0:
		f.Add("value", "field.required")
	case !utf8.Valid(value):
		f.Add("value", "field.utf8")
	case json.Compact(&kept, value) != nil:
		f.Add("value", "field.type", "type", "json")
	case kept.Len() > maxPreference:
		f.Add("value", "field.too_long", "max", maxPreference)
	}
	if err := f.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if kept.String() == "null" {
			return deletePreference(ctx, tx, actor.AccountID, name)
		}
		others, err := countPreferences(ctx, tx, actor.AccountID, name)
		if err != nil {
			return err
		}
		if others >= maxPreferences {
			return fault.New(fault.Conflict, "preference.too_many", "max", maxPreferences)
		}
		return putPreference(ctx, tx, actor.AccountID, name, kept.String(), s.Clock.Now().UnixMilli())
	})
}
