// Package video is the register of cameras: the sites of an office with their streams, where they stand, who looks
// after them, and the page on which each can be watched. It keeps no pictures and recognizes nobody.
package video

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// Kinds of cameras: public security 治安监控, checkpoint 卡口, high lookout 高空瞭望, social resource 社会资源.
var Kinds = []string{"security", "checkpoint", "lookout", "social"}

// States of a camera and of a stream.
const (
	Working = "working"
	Broken  = "broken"
	Off     = "off"
)

// States lists them.
var States = []string{Working, Broken, Off}

// Camera is one site 点位. It has many streams.
type Camera struct {
	ID      string
	Number  string // unique
	Name    string
	Kind    string
	State   string
	Point   geo.Point // WGS-84
	Area    string    // id of the lowest area in which it stands; '' outside of all
	Owner   string    // id of the unit that looks after it; '' for none
	Streams []Stream  // in the order of their numbers
	Version int64
}

// Stream is one picture 路 of a camera.
type Stream struct {
	Number  string // unique within its camera
	Name    string
	State   string
	Address string // of the page on which it is watched; '' for none
}

// The bounds of a camera.
const (
	maxNumber  = 40
	maxName    = 80
	maxAddress = 500
	// MaxStreams is how many streams one camera may have.
	MaxStreams = 200
)

// Working returns how many streams work: none while the site itself does not.
func (c *Camera) Working() (n int) {
	if c.State != Working {
		return 0
	}
	for _, s := range c.Streams {
		if s.State == Working {
			n++
		}
	}
	return n
}

// Validate brings the texts into their kept form and notes everything that is wrong. Whether its unit exists is for the
// service to say.
func (c *Camera) Validate(f *fault.Fields) {
	c.Number = checkNumber(f, "number", c.Number)
	c.Name = oneLine(fault.CheckText(f, "name", c.Name, true, maxName))
	c.Owner = fault.CheckText(f, "owner", c.Owner, false, maxNumber)
	choice(f, "kind", c.Kind, Kinds)
	choice(f, "state", c.State, States)
	if c.Point.IsZero() {
		f.Add("lon", "field.required")
	} else if err := c.Point.Valid(); err != nil {
		f.Add("lon", geoCode(err))
	}
	if len(c.Streams) > MaxStreams {
		f.Add("streams", "field.too_many", "max", MaxStreams)
		return
	}
	seen := map[string]bool{}
	for i := range c.Streams {
		s, at := &c.Streams[i], "streams["+strconv.Itoa(i)+"]."
		s.validate(f, at)
		if s.Number != "" && seen[s.Number] {
			f.Add(at+"number", "field.duplicate")
		}
		seen[s.Number] = true
	}
	slices.SortStableFunc(c.Streams, func(a, b Stream) int { return strings.Compare(a.Number, b.Number) })
}

func (s *Stream) validate(f *fault.Fields, at string) {
	s.Number = checkNumber(f, at+"number", s.Number)
	s.Name = oneLine(fault.CheckText(f, at+"name", s.Name, false, maxName))
	choice(f, at+"state", s.State, States)
	s.Address = fault.CheckText(f, at+"address", s.Address, false, maxAddress)
	if s.Address != "" {
		if code := addressFault(s.Address); code != "" {
			f.Add(at+"address", code)
		}
	}
}

func choice(f *fault.Fields, field, value string, of []string) {
	if !slices.Contains(of, value) {
		f.Add(field, "field.choice")
	}
}

func checkNumber(f *fault.Fields, field, text string) string {
	return plainNumber(fault.CheckText(f, field, text, true, maxNumber))
}

// plainNumber is a number without the spaces that people put into it.
func plainNumber(text string) string { return strings.Join(strings.Fields(text), "") }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// secrets are the names of parameters under which players pass on a password or a key.
var secrets = []string{"password", "passwd", "pwd", "pass", "secret", "token", "access_token", "accesstoken", "apikey", "api_key", "key", "auth", "sign", "signature"}

// addressFault tells what is wrong with the address of a page: it must be a whole https address whose host can stand in a
// content security policy, and nothing in it may open a door, because everybody who sees the camera sees it.
func addressFault(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || strings.IndexFunc(u.Host, notInHost) >= 0 {
		return "field.https"
	}
	if u.User != nil {
		return "camera.credentials"
	}
	for _, part := range []string{u.RawQuery, u.Fragment} {
		values, err := url.ParseQuery(part[strings.IndexByte(part, '?')+1:])
		if err != nil {
			return "field.https"
		}
		for name := range values {
			if slices.Contains(secrets, strings.ToLower(name)) {
				return "camera.credentials"
			}
		}
	}
	return ""
}

func notInHost(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:", r))
}
