package live

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

const path = "/api/v1/live"

// sendLimit is how long a client may take for what it is sent before it is given up.
const sendLimit = 30 * time.Second

// Routes registers the stream. It is open to whoever holds the hub's permission.
func Routes(api *web.API, h *Hub) {
	web.Register(api, web.Route{
		Method: http.MethodGet, Path: path, ID: "live", Tag: "live", Access: web.Need(h.Permission), NoKeep: true,
		Summary: "What changes, as server-sent events",
	}, h.stream)
	op := api.OpenAPI().Paths[path].Get
	op.Responses["200"] = &huma.Response{
		Description: "Events incident.changed and order.changed {incident, order?, version, state, do}, gone {incident}, " +
			"reset {reason}, signed_out and replaced; directive.changed {directive, do} and notice.changed {notice, do} without an id. The id is the position to resume from.",
		Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}},
	}
}

type liveInput struct {
	Header string `header:"Last-Event-ID" doc:"position that was seen last"`
	Last   string `query:"last" doc:"the same, for a client that cannot set the header; the header wins"`
}

func (h *Hub) stream(ctx context.Context, in *liveInput) (*huma.StreamResponse, error) {
	// Whoever comes back without end is asked to wait: each time costs a session's look-up and a place among the clients.
	if ok, wait := h.joins.Allow(web.Actor(ctx).AccountID + " " + web.Client(ctx)); !ok {
		return nil, fault.New(fault.TooMany, "too_many", "seconds", int(wait.Seconds())+1)
	}
	last := in.Header
	if last == "" {
		last = in.Last
	}
	client, err := h.Join(ctx, web.Actor(ctx), last)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, w := humago.Unwrap(hc)
		out := sink{w, http.NewResponseController(w)}
		defer out.release()
		out.control.SetReadDeadline(time.Time{}) // the request is read; from now on silence is no fault
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no")
		client.Serve(r.Context(), out) // an error means that the client is gone or is to come back
	}}, nil
}

// sink writes to a client's connection.
type sink struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

// Send writes the frames and pushes them out.
func (s sink) Send(frames [][]byte) error {
	// A connection knows the machine's clock only, and one that cannot have a deadline is served without.
	s.control.SetWriteDeadline(now.System{}.Now().Add(sendLimit))
	for _, f := range frames {
		if _, err := s.w.Write(f); err != nil {
			return err
		}
	}
	return s.control.Flush()
}

// release lifts the deadline, so that the end of the answer can still be sent.
func (s sink) release() { s.control.SetWriteDeadline(time.Time{}) }
