package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gezhi/internal/app/upkeep"
	"gezhi/internal/clock"
	"gezhi/internal/directive"
	"gezhi/internal/dispatch"
	"gezhi/internal/duty"
	"gezhi/internal/geoapi"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/web"
	"gezhi/internal/live"
	"gezhi/internal/mapview"
	"gezhi/internal/notice"
	"gezhi/internal/notify"
	"gezhi/internal/people"
	"gezhi/internal/perm"
	"gezhi/internal/report"
	"gezhi/internal/stats"
	"gezhi/internal/video"
	"gezhi/internal/window"
	"gezhi/migrations"
	site "gezhi/web"
)

// routes registers every route of every concept.
func (a *App) routes(hub *live.Hub) *web.API {
	api := web.New(Version, a.Clock, a.People.Authenticate, web.Answers{DB: a.DB})
	gate := web.NewGate(a.Clock, a.Keys.MAC("challenge"), a.Config.Trusted)
	people.Routes(api, a.People)
	grid.Routes(api, a.Grid)
	clock.Routes(api, a.Limits)
	dispatch.Routes(api, a.Dispatch)
	incident.Routes(api, a.Incident)
	incident.PublicRoutes(api, a.Incident, gate)
	window.Routes(api, a.Window)
	duty.Routes(api, a.Duty)
	directive.Routes(api, a.Directive)
	notify.Routes(api, a.Notify, gate)
	notice.Routes(api, a.Notice)
	notice.PublicRoutes(api, a.Notice, gate)
	stats.Routes(api, a.Stats)
	report.Routes(api, a.Report)
	report.PublicRoutes(api, a.Report, gate)
	web.GateRoutes(api, gate)
	mapview.Routes(api, a.mapview())
	video.Routes(api, a.Video)
	geoapi.Routes(api, a.geoAPI(), gate)
	live.Routes(api, hub)
	a.bulkRoutes(api)
	a.demoRoutes(api)
	a.clockRoutes(api)
	live.PresenceRoutes(api, a.presence(), perm.IncidentRead)
	upkeep.Routes(api, a.Upkeep)
	return api
}

// hub returns the tail of the incidents' feed for live screens.
func (a *App) hub(ctx context.Context) (*live.Hub, error) {
	return live.NewHub(ctx, live.Config{Feed: a.Feed, Topic: incident.Topic, Also: []string{directive.Topic, notice.Topic}, Clock: a.Clock, Permission: perm.IncidentRead, Recheck: a.People.Recheck})
}

// presence knows who has an incident open.
func (a *App) presence() *live.Presence {
	return &live.Presence{DB: a.DB, Clock: a.Clock, Name: a.People.Directory().PersonName, Among: a.Incident.Readable,
		Sees: func(ctx context.Context, actor authz.Actor, incident string) error {
			_, err := a.Incident.Get(ctx, actor, incident)
			return err
		}}
}

// handler returns the whole server.
func (a *App) handler(hub *live.Hub) http.Handler {
	api := a.routes(hub)
	mux := api.Mux()
	metrics, observe := a.metrics()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", loopbackOnly(metrics))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		actor, err := api.Identify(r)
		switch {
		case err != nil:
		case !actor.Known() && !strings.HasPrefix(r.URL.Path, "/api/v1/public/"):
			err = fault.New(fault.Unauthenticated, "session.required")
		default:
			err = fault.Missing("route")
		}
		web.WriteProblem(w, r, err)
	})
	files, built := site.Files()
	mux.Handle("/", newFaces(files, built, a.People.ScreenOrigins))
	return a.dated(api.Handler(a.Config.Proxy, observe))
}

// ready answers 200 when the store answers and its schema is the program's.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ok, err := a.DB.Migrated(r.Context(), migrations.Tree)
	if err != nil || !ok {
		http.Error(w, "the store does not answer or its schema is older than the program", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// loopbackOnly hides figures about the program from other machines.
func loopbackOnly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := web.Client(r.Context()); c != "::1" && !strings.HasPrefix(c, "127.") {
			http.NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func (a *App) metrics() (http.Handler, func(method, route string, status int, took time.Duration)) {
	reg := prometheus.NewRegistry()
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gezhi_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5}}, []string{"method", "route", "status"})
	reg.MustRegister(took, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	observe := func(method, route string, status int, d time.Duration) {
		if route == "" {
			route = "none"
		}
		took.WithLabelValues(method, route, strconv.Itoa(status)).Observe(d.Seconds())
	}
	return promhttp.HandlerFor(reg, promhttp.HandlerOpts{}), observe
}

// Generated returns the files that are derived from the code, by name: the OpenAPI document and the workflow pages.
func Generated() (map[string][]byte, error) {
	a, done, err := bare()
	if err != nil {
		return nil, err
	}
	defer done()
	hub, err := a.hub(context.Background())
	if err != nil {
		return nil, err
	}
	doc, err := json.MarshalIndent(a.routes(hub).OpenAPI(), "", " ")
	if err != nil {
		return nil, err
	}
	figures, err := figuresPage()
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"web/openapi.json": append(doc, '\n'), "docs/workflows/incident.md": []byte(workflowPage()), "docs/figures.md": []byte(figures)}, nil
}
