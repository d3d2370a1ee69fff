package clock

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
)

type calendarOut struct{ Body CalendarView }

type calendarList struct {
	Items []CalendarView `json:"items" nullable:"false"`
}

func calendarRoutes(api *web.API, h handlers, read, manage web.Access) {
	web.Register(api, route(http.MethodGet, "/calendars", "listCalendars", "The working calendars; common counts for everybody without own hours", read), h.calendars)
	web.Register(api, route(http.MethodGet, "/calendars/{id}", "getCalendar", "One working calendar", read), h.calendar)
	web.Register(api, route(http.MethodPut, "/calendars/{id}", "updateCalendar", "Change the name and the week of a calendar", manage), h.updateCalendar)
	web.Register(api, route(http.MethodPut, "/calendars/{id}/days/{date}", "putCalendarDay", "Say how a day differs from its week", manage), h.putDay)
	web.Register(api, route(http.MethodDelete, "/calendars/{id}/days/{date}", "deleteCalendarDay", "Let a day follow its week again", manage), h.deleteDay)
	web.Register(api, route(http.MethodPost, "/calendars/{id}/years/{year}/confirm", "confirmCalendarYear", "Say that a sample year was compared with the notice that holds", manage), h.confirmYear)
	web.Register(api, route(http.MethodPost, "/calendars/{id}/import", "importCalendar", "Read days from a file; without write only look", manage), h.importDays)
}

func (h handlers) calendars(ctx context.Context, _ *struct{}) (*struct{ Body calendarList }, error) {
	list, err := h.s.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	return &struct{ Body calendarList }{calendarList{list}}, nil
}

func (h handlers) calendar(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*calendarOut, error) {
	return calendarShown(h.s.Calendar(ctx, in.ID))
}

func calendarShown(v CalendarView, err error) (*calendarOut, error) {
	if err != nil {
		return nil, err
	}
	return &calendarOut{v}, nil
}

func (h handlers) updateCalendar(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		Name    string     `json:"name"`
		Week    [][]Window `json:"week" nullable:"false" doc:"the windows of each weekday, Sunday first"`
		Version int64      `json:"version"`
	}
}) (*calendarOut, error) {
	return calendarShown(h.s.UpdateCalendar(ctx, web.Actor(ctx), in.ID, in.Body.Name, in.Body.Week, in.Body.Version))
}

func (h handlers) putDay(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Date string `path:"date" doc:"2026-10-01"`
	Body struct {
		Kind    DayKind  `json:"kind" enum:"holiday,workday"`
		Name    string   `json:"name,omitempty"`
		Windows []Window `json:"windows,omitempty" doc:"own hours of a make-up day"`
	}
}) (*calendarOut, error) {
	return calendarShown(h.s.PutDay(ctx, web.Actor(ctx), in.ID, CalendarDay{Date: in.Date, Kind: in.Body.Kind, Name: in.Body.Name, Windows: in.Body.Windows}))
}

func (h handlers) deleteDay(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Date string `path:"date"`
}) (*calendarOut, error) {
	return calendarShown(h.s.DeleteDay(ctx, web.Actor(ctx), in.ID, in.Date))
}

func (h handlers) confirmYear(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Year int    `path:"year" minimum:"2000" maximum:"2099"`
}) (*calendarOut, error) {
	return calendarShown(h.s.ConfirmYear(ctx, web.Actor(ctx), in.ID, in.Year))
}

func (h handlers) importDays(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body struct {
		File  []byte `json:"file" doc:"a CSV table with the columns date, kind and name, or a JSON list of such objects, in UTF-8"`
		Write bool   `json:"write,omitempty"`
	}
}) (*struct{ Body ImportReport }, error) {
	report, err := h.s.Import(ctx, web.Actor(ctx), in.ID, in.Body.File, in.Body.Write)
	if err != nil {
		return nil, err
	}
	return &struct{ Body ImportReport }{report}, nil
}
