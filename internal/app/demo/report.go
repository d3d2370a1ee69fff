package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
)

// draft is a report that is about to be made.
type draft struct {
	incident.Report
	by   authz.Actor
	spot spot
}

// channelWeights says through which channels matters of a sort come.
var channelWeights = map[string]string{
	"environment": "patrol patrol patrol patrol hotline hotline app app app video partner",
	"enforcement": "patrol patrol patrol hotline hotline app app video partner",
	"safety":      "patrol patrol patrol hotline hotline app app sensor visit",
	"security":    "hotline hotline hotline hotline app app patrol video",
	"livelihood":  "hotline hotline app app app window window visit partner",
	"petition":    "window window hotline visit partner",
	"dispute":     "hotline hotline app window visit",
	"care":        "hotline patrol visit visit",
}

// sensors are the categories that a sensor can report.
var sensors = []string{"safety.fire", "safety.gas", "safety.water", "safety.wiring"}

// reporters make reports out of matters.
type reporters struct {
	book  *book
	crew  *crew
	homes []home
}

// draft makes a report about a matter, somewhere.
func (r *reporters) draft(rng *rand.Rand, m *matter, channel string) draft {
	return r.draftAt(rng, m, channel, r.homeFor(rng, m.category))
}

// homeFor picks where a matter of a category comes up.
func (r *reporters) homeFor(rng *rand.Rand, category string) home {
	kind := ""
	switch {
	case category == "enforcement.market":
		kind = "market"
	case category == "enforcement.stall" && chance(rng, 40):
		kind = pick(rng, []string{"market", "business"})
	case category == "security.noise" && chance(rng, 30):
		kind = "business"
	}
	return somewhere(rng, r.homes, kind)
}

// draftAt makes a report about a matter at a home.
func (r *reporters) draftAt(rng *rand.Rand, m *matter, channel string, h home) draft {
	d := draft{spot: h.spot(rng, r.book)}
	w := pick(rng, m.reports)
	if channel == "" {
		channel = pick(rng, strings.Fields(channelWeights[strings.SplitN(m.category, ".", 2)[0]]))
		switch {
		case w.kind != "" && channel != "window": // only people ask, suggest and tip off
			channel = pick(rng, []string{"hotline", "app"})
		case contains(w.text, "巡查") || contains(w.text, "检查发现"):
			channel = "patrol"
		}
	}
	if channel == "sensor" && !slices.Contains(sensors, m.category) {
		channel = "patrol"
	}
	d.Report = incident.Report{Category: m.category, Kind: w.kind, Channel: channel, Address: d.spot.address,
		Lon: &d.spot.point.Lon, Lat: &d.spot.point.Lat, Datum: "wgs84"}
	d.Title, d.Text = r.book.compose(rng, m, w, channel, d.spot)
	if chance(rng, 9) && w.kind == "" {
		d.Severity = pick(rng, []string{"minor", "minor", "major"})
	}
	r.sign(rng, &d)
	return d
}

// sign says who reports.
func (r *reporters) sign(rng *rand.Rand, d *draft) {
	switch d.Channel {
	case "app":
	case "hotline":
		d.by = r.crew.staff(rng, "duty")
	case "window":
		d.by = r.crew.staff(rng, "window")
	case "visit":
		d.by = r.crew.staff(rng, "grid_head")
	case "patrol":
		d.by = r.crew.walker(rng, d.spot.area.ParentID)
	case "video":
		d.by = r.crew.staff(rng, "duty")
	case "partner":
		d.by = r.crew.staff(rng, "partner")
	default:
		d.by = authz.System("物联感知（演示）")
	}
	named := d.Channel == "hotline" || d.Channel == "window" || d.Channel == "visit" || d.Channel == "app" && chance(rng, 70)
	if !named && d.Channel != "partner" {
		return
	}
	d.Reporter = incident.Reporter{Name: r.book.word(rng, "surname") + r.book.word(rng, "given"),
		// No mobile number begins with 123: nobody is called by mistake.
		Phone: fmt.Sprintf("1230000%04d", rng.IntN(10000))}
	if chance(rng, 25) {
		d.Reporter.Address = d.spot.compound + fmt.Sprintf("%d栋%d单元%d0%d", 1+rng.IntN(12), 1+rng.IntN(3), 1+rng.IntN(9), 1+rng.IntN(4))
	}
}

// photographed tells whether the report comes with a picture.
func (d *draft) photographed(rng *rand.Rand) bool {
	switch d.Channel {
	case "patrol", "video":
		return chance(rng, 65)
	case "app":
		return chance(rng, 45)
	}
	return false
}

// lose takes the position away, as somebody who calls gives none.
func (d *draft) lose() {
	d.Lon, d.Lat, d.Datum = nil, nil, ""
}

// happened sets when it happened and when the call came, shortly before the report.
func (d *draft) happened(rng *rand.Rand, at time.Time) {
	d.OccurredAt = at.Add(-time.Duration(1+rng.IntN(25)) * time.Minute).UnixMilli()
	if d.Channel == "hotline" {
		d.CallAt = at.Add(-time.Duration(30+rng.IntN(120)) * time.Second).UnixMilli()
	}
}
