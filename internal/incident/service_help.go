package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// helpCategory is the category of a colleague who needs help. A rule of a new store sends it to the station at once.
const helpCategory = "worker_help"

// maxHelp bounds the words with which somebody calls for help.
const maxHelp = 500

// Help is a colleague's call for help: where they are, as well as they know.
type Help struct {
	Lon, Lat *float64
	Datum    string
	Note     string
}

// CallHelp reports that the actor needs help. It is an emergency and urgent, and goes where the rules say; where none
// fits it waits at the desk. It never fails for a position: one that cannot be read is left out, and without one the
// place is the area of the actor's post. The same request again gives the incident of the first time.
func (s *Service) CallHelp(ctx context.Context, actor authz.Actor, h Help, repeat Repeat) (*Incident, error) {
	if actor.HasRole(partnerRole) || !actor.Can(perm.IncidentReport) {
		return nil, fault.New(fault.Forbidden, "forbidden")
	}
	var f fault.Fields
	h.Note = fault.CheckText(&f, "note", h.Note, false, maxHelp)
	if err := f.Err(); err != nil {
		return nil, err
	}
	in := Report{Title: "工作人员求助", Text: strings.TrimSpace(actor.Name + "需要支援。" + h.Note), Category: helpCategory, Kind: "help", Channel: "patrol",
		Severity: "emergency", urgent: true}
	if !s.Categories().Usable(helpCategory) {
		in.Category = ""
	}
	if position(&f, h.Lon, h.Lat, &h.Datum); len(f) == 0 {
		in.Lon, in.Lat, in.Datum = h.Lon, h.Lat, h.Datum
	}
	if home := s.Directory.HomeAreas(actor); len(home) > 0 {
		in.AreaID = home[0]
	}
	inc, _, err := s.Report(ctx, actor, in, repeat)
	return inc, err
}
