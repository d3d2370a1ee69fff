package video

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/perm"
)

// row puts one row into the plan, unless something is wrong with it: then the plan stays as the rows before left it.
func (in importer) row(p *plan, actor authz.Actor, t *sheet.Table, r sheet.Row) bulk.Outcome {
	number := plainNumber(t.Get(r, "number"))
	e, there := p.entries[number]
	if !there {
		e = &entry{placed: placed{Camera: Camera{Number: number, State: Working}}}
	} else if e.known && !e.changed && !in.manages(actor, e.Camera) {
		return bulk.Wrong("number", "camera.number_taken")
	}
	next := e.Camera
	next.Streams = slices.Clone(e.Streams)
	if wrong := in.fill(&next, t, r); wrong != nil {
		return *wrong
	}
	streams := len(e.Streams)
	path, err := in.s.check(actor, &next, e.Owner)
	if err != nil {
		return wrongRow(err)
	}
	if there && sameCamera(e.Camera, next) {
		return bulk.Outcome{Result: bulk.Same}
	}
	p.keep(e, placed{next, path})
	if !there || len(next.Streams) > streams {
		return bulk.Outcome{Result: bulk.Made}
	}
	return bulk.Outcome{Result: bulk.Changed}
}

func (in importer) manages(actor authz.Actor, c Camera) bool {
	return actor.Scope(perm.VideoManage).Covers(authz.Target{Areas: in.s.Tree().PathIDs(c.Area), Units: []string{c.Owner}})
}

// sameCamera tells whether nothing was changed.
func sameCamera(a, b Camera) bool {
	return a.Point == b.Point && a.Name == b.Name && a.Kind == b.Kind && a.State == b.State && a.Owner == b.Owner && slices.Equal(a.Streams, b.Streams)
}

// fill puts what the cells of a row say into a camera.
func (in importer) fill(c *Camera, t *sheet.Table, r sheet.Row) *bulk.Outcome {
	get := func(key string) string { return t.Get(r, key) }
	if name := get("name"); name != "" {
		c.Name = name
	}
	if wrong := in.choose(&c.Kind, "video.kind", "kind", get("kind")); wrong != nil {
		return wrong
	}
	if c.Kind == "" {
		return refuse("kind", "field.required")
	}
	if wrong := in.choose(&c.State, "video.state", "state", get("state")); wrong != nil {
		return wrong
	}
	if wrong := in.position(c, get); wrong != nil {
		return wrong
	}
	if text := get("owner"); text != "" {
		switch found := in.s.Units.Find(text); len(found) {
		case 0:
			return refuse("owner", "import.unit_unknown", "text", text)
		case 1:
			c.Owner = found[0]
		default:
			return refuse("owner", "import.unit_ambiguous", "text", text, "count", len(found))
		}
	}
	return in.stream(c, get)
}

func (in importer) choose(field *string, prefix, column, text string) *bulk.Outcome {
	if text == "" {
		return nil
	}
	code, ok := in.words.Named(prefix, text)
	if !ok {
		return refuse(column, "import.choice", "text", text)
	}
	*field = code
	return nil
}

// position reads where the camera stands. Half a position is none.
func (in importer) position(c *Camera, get func(string) string) *bulk.Outcome {
	lonText, latText := get("lon"), get("lat")
	if lonText == "" && latText == "" {
		if c.Point.IsZero() {
			return refuse("lon", "field.required")
		}
		return nil
	}
	var v [2]float64
	for i, cell := range []struct{ column, text string }{{"lon", lonText}, {"lat", latText}} {
		n, err := strconv.ParseFloat(cell.text, 64)
		switch {
		case cell.text == "":
			return refuse(cell.column, "field.required")
		case err != nil || math.IsNaN(n) || math.IsInf(n, 0):
			return refuse(cell.column, "position.nan")
		}
		v[i] = n
	}
	datum, err := geo.ParseDatum(get("datum"))
	if err != nil {
		return refuse("datum", "import.choice", "text", get("datum"))
	}
	point, err := geo.ToWGS84(geo.Point{Lon: v[0], Lat: v[1]}, datum)
	if err != nil {
		return refuse("lon", geoCode(err))
	}
	if !near(c.Point, point) {
		c.Point = point
	}
	return nil
}

// near tells whether two positions are one: a table does not show the last digits of a converted one.
func near(a, b geo.Point) bool { return math.Abs(a.Lon-b.Lon) < 1e-6 && math.Abs(a.Lat-b.Lat) < 1e-6 }

// stream adds the row's stream, or changes the one that is there under its number.
func (in importer) stream(c *Camera, get func(string) string) *bulk.Outcome {
	number := plainNumber(get("stream"))
	if number == "" {
		for _, column := range []string{"stream_name", "stream_state", "address"} {
			if get(column) != "" {
				return refuse("stream", "camera.stream_number")
			}
		}
		return nil
	}
	at := slices.IndexFunc(c.Streams, func(s Stream) bool { return s.Number == number })
	if at < 0 {
		at = len(c.Streams)
		c.Streams = append(c.Streams, Stream{Number: number, State: Working})
	}
	s := &c.Streams[at]
	if name := get("stream_name"); name != "" {
		s.Name = name
	}
	if address := get("address"); address != "" {
		s.Address = address
	}
	return in.choose(&s.State, "video.state", "stream_state", get("stream_state"))
}

func refuse(column, code string, params ...any) *bulk.Outcome {
	o := bulk.Wrong(column, code, params...)
	return &o
}

// columnsOf are the columns under which the fields of a stream stand.
var columnsOf = map[string]string{"number": "stream", "name": "stream_name", "state": "stream_state", "address": "address"}

// wrongRow tells the first thing that is wrong with a row in the words of its table.
func wrongRow(err error) bulk.Outcome {
	f, ok := fault.As(err)
	if !ok || len(f.Fields) == 0 {
		return bulk.Wrong("number", "field.invalid")
	}
	first := f.Fields[0]
	column := first.Field
	if _, field, inStream := strings.Cut(column, "]."); inStream {
		column = columnsOf[field]
	} else if column == "streams" {
		column = "stream"
	}
	return bulk.Outcome{Result: bulk.Refused, Column: column, Code: first.Code, Params: first.Params}
}
