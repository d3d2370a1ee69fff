package report

import (
	"context"
	"encoding/json"
	"io"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
)

// OpenMatter is what anybody may know of an incident: what sort of matter it is, about where, on which days, and how it
// stands. It has no id, no number and no word of anybody.
type OpenMatter struct {
	Category   string  `json:"category"`
	CategoryZH string  `json:"category_zh"`
	CategoryEN string  `json:"category_en"`
	State      string  `json:"state"`
	Area       string  `json:"area"` // in whose middle it is told to lie
	Lon        float64 `json:"-"`
	Lat        float64 `json:"-"`
	ReceivedOn string  `json:"received_on"`
	ClosedOn   string  `json:"closed_on,omitempty"`
}

// Public gives what may be published.
type Public interface {
	// EachOpen gives the incidents of public categories that were received in some days, newest first.
	EachOpen(ctx context.Context, from, to string, fn func(OpenMatter) error) error
}

// maxOpenDays is for how many days open data is given at once.
const maxOpenDays = 366

// openDays checks the days that are asked for; without any they are the last thirty.
func (s *Service) openDays(from, to string) (string, string, error) {
	day := today(s.Clock.Now(), s.zone())
	if from == "" && to == "" {
		return day.AddDate(0, 0, -29).Format(dayForm), day.Format(dayForm), nil
	}
	first, ok := dayOf(from)
	last, ok2 := dayOf(to)
	var wrong fault.Fields
	if !ok || !ok2 || last.Before(first) || (Period{first, last}).Length() > maxOpenDays {
		wrong.Add("from", "table.open_days", "max", maxOpenDays)
	}
	return from, to, wrong.Err()
}

// openCSV writes open data as CSV while it is read.
func (s *Service) openCSV(ctx context.Context, out io.Writer, from, to string) error {
	w, err := sheet.NewCSV(out, []sheet.Column{{Head: "category"}, {Head: "category_zh"}, {Head: "category_en"}, {Head: "state"}, {Head: "area"},
		{Head: "lon", Kind: sheet.Number}, {Head: "lat", Kind: sheet.Number}, {Head: "received_on"}, {Head: "closed_on"}}, sheet.Style{})
	if err != nil {
		return err
	}
	err = s.Public.EachOpen(ctx, from, to, func(m OpenMatter) error {
		return w.Row(m.Category, m.CategoryZH, m.CategoryEN, m.State, m.Area, m.Lon, m.Lat, m.ReceivedOn, m.ClosedOn)
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// openGeoJSON writes open data as a collection of points while it is read.
func (s *Service) openGeoJSON(ctx context.Context, out io.Writer, from, to string) error {
	if _, err := io.WriteString(out, `{"type":"FeatureCollection","features":[`); err != nil {
		return err
	}
	between := ""
	err := s.Public.EachOpen(ctx, from, to, func(m OpenMatter) error {
		body, err := json.Marshal(map[string]any{"type": "Feature", "properties": m, "geometry": map[string]any{"type": "Point", "coordinates": [2]float64{m.Lon, m.Lat}}})
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, between+string(body))
		between = ","
		return err
	})
	if err == nil {
		_, err = io.WriteString(out, "]}")
	}
	return err
}
