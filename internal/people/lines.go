package people

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// Lines are the telephone numbers that residents are told: the office's own, and whom to call about places that it does
// not look after.
type Lines struct {
	Phone      string `json:"phone" maxLength:"30" doc:"of the desk; empty while none is told"`
	Neighbours []Line `json:"neighbours" nullable:"false" doc:"for places outside"`
}

// Line is the number of somebody else.
type Line struct {
	Name  string `json:"name" maxLength:"40"`
	Phone string `json:"phone" maxLength:"30"`
}

// maxLines bounds the neighbours.
const maxLines = 20

// linesKey is the setting that holds the lines as JSON.
const linesKey = "office.lines"

// Lines returns the numbers. Everybody may know them.
func (s *Service) Lines(ctx context.Context) (Lines, error) {
	out := Lines{Neighbours: []Line{}}
	text, err := readSetting(ctx, s.DB.Read(), linesKey)
	if err != nil || text == "" {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// UpdateLines changes the numbers; all field errors come at once.
func (s *Service) UpdateLines(ctx context.Context, actor authz.Actor, in Lines) (Lines, error) {
	if err := need(actor, perm.SettingsManage); err != nil {
		return Lines{}, err
	}
	if err := in.check(); err != nil {
		return Lines{}, err
	}
	text, err := json.Marshal(in)
	if err != nil {
		return Lines{}, err
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := writeSetting(ctx, tx, linesKey, string(text), at.UnixMilli()); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "office.lines", "office", "office")
	})
	return in, err
}

func (l *Lines) check() error {
	var f fault.Fields
	l.Phone = checkLine(&f, "phone", l.Phone, false)
	if len(l.Neighbours) > maxLines {
		f.Add("neighbours", "field.too_many", "max", maxLines)
	}
	for n := range l.Neighbours {
		at := fmt.Sprintf("neighbours[%d]", n)
		l.Neighbours[n].Name = fault.CheckText(&f, at+".name", l.Neighbours[n].Name, true, 40)
		l.Neighbours[n].Phone = checkLine(&f, at+".phone", l.Neighbours[n].Phone, true)
	}
	if l.Neighbours == nil {
		l.Neighbours = []Line{}
	}
	return f.Err()
}

// checkLine lets through what can be dialled.
func checkLine(f *fault.Fields, field, text string, required bool) string {
	text = fault.CheckText(f, field, text, required, 30)
	if text != "" && !phoneForm.MatchString(text) {
		f.Add(field, "field.phone")
	}
	return text
}
