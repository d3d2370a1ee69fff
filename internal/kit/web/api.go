// Package web is the HTTP glue: routes that declare their permission, problem+json errors with stable codes, sessions
// from a cookie or a bearer token, kept answers for repeated requests, and the OpenAPI document made from Go types.
package web

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

// Access says who may call a route.
type Access struct {
	open   bool
	signed bool
	barred bool
	any    []authz.Permission
}

// Open lets strangers in. Only for what DESIGN lists as public.
func Open() Access { return Access{open: true} }

// SignedIn lets in every account.
func SignedIn() Access { return Access{signed: true} }

// EvenBarred lets in an actor too who must do something else first; see authz.Actor.
func (a Access) EvenBarred() Access {
	a.barred = true
	return a
}

// Need lets in whoever holds one of the permissions. The service still checks the scope.
func Need(any ...authz.Permission) Access { return Access{any: any} }

// IsOpen tells whether strangers may call.
func (a Access) IsOpen() bool { return a.open }

// NeedsPermission tells whether a permission is asked for.
func (a Access) NeedsPermission() bool { return len(a.any) > 0 }

// Admits tells whether somebody may call.
func (a Access) Admits(actor authz.Actor) bool {
	switch {
	case a.open:
		return true
	case !actor.Known():
		return false
	}
	return len(a.any) == 0 || canAny(actor, a.any)
}

// Route declares one route.
type Route struct {
	Method  string
	Path    string
	ID      string // operation id, e.g. "listIncidents"
	Tag     string // the concept
	Summary string
	Access  Access
	Status  int   // of success; 0 for 200 (or 204 without a body)
	MaxBody int64 // bytes; 0 for 1 MiB
	NoKeep  bool  // the service itself handles Idempotency-Key (or there is nothing to keep)
}

// Authenticator finds the actor of a session token. ok is false when the token is no good (any more).
type Authenticator func(ctx context.Context, token string) (actor authz.Actor, ok bool, err error)

// Keeper keeps answers under an idempotency key. See Answers.
type Keeper interface {
	Begin(ctx context.Context, id, digest string, at int64) (Kept, error)
	Finish(ctx context.Context, id string, status int, body string) error
	Drop(ctx context.Context, id string) error
}

// API holds the routes.
type API struct {
	huma.API
	mux    *http.ServeMux
	auth   Authenticator
	keeper Keeper
	clock  now.Clock
	routes []Route
}

// A list is never null, neither in what is sent nor in what is taken; clients need not ask.
func init() { huma.DefaultArrayNullable = false }

// New returns an API without routes on a mux of its own.
func New(version string, clock now.Clock, auth Authenticator, keeper Keeper) *API {
	useCodes()
	mux := http.NewServeMux()
	config := huma.DefaultConfig("gezhi 格治", version)
	config.OpenAPIPath = "/api/openapi"
	config.SchemasPath = ""
	config.DocsPath = ""
	config.CreateHooks = nil
	config.DefaultFormat = "application/json" // whatever the client says it accepts
	config.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer"},
		"cookie": {Type: "apiKey", In: "cookie", Name: CookieName},
	}
	return &API{API: humago.New(mux, config), mux: mux, auth: auth, keeper: keeper, clock: clock}
}

// schemaName names a Go type in the document: with its package in front, because concepts share names such as View.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	concept := path.Base(t.PkgPath())
	if !strings.HasPrefix(t.PkgPath(), "gezhi/") || strings.HasPrefix(strings.ToLower(name), concept) {
		return name
	}
	return strings.ToUpper(concept[:1]) + concept[1:] + name
}

// Routes returns what was registered, for tests that walk all routes.
func (a *API) Routes() []Route { return a.routes }

// Mux returns the mux behind the API, for the handlers that are not part of it (faces, health).
func (a *API) Mux() *http.ServeMux { return a.mux }

// Register adds a route. It panics on a route without access: a program with such a route does not start.
func Register[I, O any](a *API, r Route, handle func(ctx context.Context, in *I) (*O, error)) {
	if !r.Access.open && !r.Access.signed && len(r.Access.any) == 0 {
		panic(fmt.Sprintf("web: route %s %s declares no permission", r.Method, r.Path))
	}
	if r.Access.open && !openPath(r.Path) {
		panic(fmt.Sprintf("web: route %s %s is open to strangers but not under a public path", r.Method, r.Path))
	}
	a.routes = append(a.routes, r)
	op := huma.Operation{
		OperationID: r.ID, Method: r.Method, Path: r.Path, Summary: r.Summary, Tags: []string{r.Tag},
		DefaultStatus: r.Status, MaxBodyBytes: r.MaxBody, BodyReadTimeout: 30 * time.Second,
		Errors:      []int{400, 401, 403, 404, 409, 413, 422, 429},
		Middlewares: huma.Middlewares{a.admit(r), a.keep(r)},
	}
	if !r.Access.open {
		op.Security = []map[string][]string{{"bearer": {}}, {"cookie": {}}}
	}
	if len(r.Access.any) > 0 {
		op.Description = "Permission: " + joinPermissions(r.Access.any)
	}
	huma.Register(a.API, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return out, nil
	})
}

func openPath(p string) bool {
	return strings.HasPrefix(p, "/api/v1/public/") || p == "/api/v1/session" || strings.HasPrefix(p, "/api/v1/setup")
}

func joinPermissions(list []authz.Permission) string {
	s := make([]string, len(list))
	for i, p := range list {
		s[i] = string(p)
	}
	return strings.Join(s, " or ")
}

// admit finds the actor and turns away whoever may not call the route, before anything of the input is looked at.
func (a *API) admit(r Route) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		req, w := humago.Unwrap(hc)
		actor, err := a.actorOf(req)
		if err != nil {
			writeProblem(w, req, err)
			return
		}
		if !r.Access.open && !actor.Known() {
			writeProblem(w, req, fault.New(fault.Unauthenticated, "session.required"))
			return
		}
		if actor.Barred != "" && !r.Access.open && !r.Access.barred {
			writeProblem(w, req, fault.New(fault.Forbidden, actor.Barred))
			return
		}
		if len(r.Access.any) > 0 && !canAny(actor, r.Access.any) {
			writeProblem(w, req, fault.New(fault.Forbidden, "forbidden"))
			return
		}
		next(huma.WithValue(hc, actorKey, actor))
	}
}

func canAny(actor authz.Actor, any []authz.Permission) bool {
	for _, p := range any {
		if actor.Can(p) {
			return true
		}
	}
	return false
}

type contextKey int

const (
	actorKey contextKey = iota
	requestIDKey
	clientKey
)

// Actor returns who calls; the zero Actor is a stranger.
func Actor(ctx context.Context) authz.Actor {
	actor, _ := ctx.Value(actorKey).(authz.Actor)
	return actor
}

// WithActor returns a context in which an actor acts: for work that goes on after its request.
func WithActor(ctx context.Context, actor authz.Actor) context.Context {
	return context.WithValue(ctx, actorKey, actor)
}

// RequestID returns the id under which the request stands in the log.
func RequestID(ctx context.Context) string {
	s, _ := ctx.Value(requestIDKey).(string)
	return s
}

// WithClient returns a context of a request from an address; the server's own handler sets it.
func WithClient(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, clientKey, address)
}

// Client returns the address from which the request came, for rate limits. It is not logged.
func Client(ctx context.Context) string {
	s, _ := ctx.Value(clientKey).(string)
	return s
}
