package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"gezhi/internal/app/demo"
	"gezhi/internal/app/upkeep"
	"gezhi/internal/clock"
	"gezhi/internal/directive"
	"gezhi/internal/dispatch"
	"gezhi/internal/duty"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/kit/seal"
	"gezhi/internal/live"
	"gezhi/internal/notice"
	"gezhi/internal/notify"
	"gezhi/internal/people"
	"gezhi/internal/report"
	"gezhi/internal/stats"
	"gezhi/internal/video"
	"gezhi/internal/window"
	"gezhi/migrations"
)

// App is the program with its services, without the server around it.
type App struct {
	Config    Config
	Clock     now.Clock
	DB        *db.DB
	Keys      *seal.Keys
	Audit     *audit.Log
	People    *people.Service
	Grid      *grid.Service
	Limits    *clock.Service
	Dispatch  *dispatch.Service
	Incident  *incident.Service
	Window    *window.Service
	Duty      *duty.Service
	Directive *directive.Service
	Notify    *notify.Service
	Notice    *notice.Service
	Stats     *stats.Service
	Report    *report.Service
	Video     *video.Service
	Bulk      *bulk.Desk
	Relay     *outbox.Relay
	Feed      *outbox.Feed
	Upkeep    *upkeep.Service
	demo      bool                     // the store holds the demo
	day       *demo.Day                // of the demo, while one is played
	turn      *demo.Clock              // of a demo under test, whose clock can be turned on
	live      atomic.Pointer[live.Hub] // while serving
	load      *workload                // how many open orders everybody has
}

// keyCheckSetting keeps the check value of the key file, demoSetting marks a store that holds the demo.
const (
	keyCheckSetting = "key.check"
	demoSetting     = "demo"
)

// Open opens the store of a configuration for work: it makes what is missing, brings the schema up, checks the key
// file, and builds the services.
func Open(ctx context.Context, c Config, clock now.Clock) (*App, error) {
	useZone(c.Zone)
	return openStore(ctx, c, clock, true)
}

// useZone makes numbers, days and reports follow the office's own zone. It writes only what changes, because a server
// of the same program may be reading it.
func useZone(zone *time.Location) {
	if zone != nil && time.Local.String() != zone.String() {
		time.Local = zone
	}
}

// OpenExisting opens a store as it is, for looking: nothing is made, and a schema that is not this program's is refused.
func OpenExisting(ctx context.Context, c Config, clock now.Clock) (*App, error) {
	useZone(c.Zone)
	return openStore(ctx, c, clock, false)
}

func openStore(ctx context.Context, c Config, clock now.Clock, prepare bool) (*App, error) {
	if !prepare && c.DB == "" {
		if !exists(filepath.Join(c.Folder, "gezhi.db")) {
			return nil, fmt.Errorf("there is no store in %s: set GEZHI_DATA to the folder that holds gezhi.db, or GEZHI_DB", c.Folder)
		}
	}
	d, err := db.Open(ctx, c.DB, c.Folder)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Clock: clock, DB: d}
	if err := a.build(ctx, prepare); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

// Close closes the store.
func (a *App) Close() error { return a.DB.Close() }

func (a *App) build(ctx context.Context, prepare bool) error {
	if err := a.schema(ctx, prepare); err != nil {
		return err
	}
	if err := a.openKeys(ctx); err != nil {
		return err
	}
	mark, err := db.Setting(ctx, a.DB.Read(), demoSetting)
	if err != nil {
		return err
	}
	a.demo = mark != ""
	a.Audit = audit.New(a.DB, a.Clock, a.Keys)
	a.Feed = outbox.NewFeed(a.DB)
	a.Relay = outbox.NewRelay(a.DB, a.Clock, a.Feed.Told)
	if a.Grid, err = grid.New(ctx, a.DB, a.Clock, recorder{a.Clock}); err != nil {
		return err
	}
	a.People = people.New(people.Deps{DB: a.DB, Clock: a.Clock, Seal: a.Keys, Areas: areaNames{a.Grid}, Audit: a.Audit}, a.peopleOptions())
	a.Grid.UsePosts(staffing{a})
	a.Grid.UseStations(stations{a.People.Directory()})
	a.Grid.UseCrew(crew{a})
	a.Grid.UseWork(openWork{a})
	if a.Limits, err = clock.NewService(ctx, clock.Config{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Words: vocabulary{a}, Areas: clockAreas{a.Grid},
		Units: clockUnits{a.People.Directory()}, Audit: recorder{a.Clock}}); err != nil {
		return err
	}
	a.load = newWorkload(a)
	a.Dispatch, err = dispatch.NewService(ctx, dispatch.Config{DB: a.DB, Clock: a.Clock, Places: dispatchPlaces{a.Grid}, Directory: force{a, &surveyor{app: a}},
		Words: vocabulary{a}, Audit: recorder{a.Clock}, Duty: roster{a}, Load: a.load, Calendar: workdays{a}, Past: pastWork{a}})
	if err != nil {
		return err
	}
	a.buildStats()
	if err := a.buildIncident(ctx); err != nil {
		return err
	}
	a.Window = window.NewService(window.Config{DB: a.DB, Clock: a.Clock, Offices: offices{a}, Incidents: intake{a}})
	a.People.UseWork(heldWork{a})
	if err := a.buildDuty(ctx); err != nil {
		return err
	}
	a.Video = video.NewService(video.Config{DB: a.DB, Clock: a.Clock, Tree: func() *grid.Tree { return a.Grid.Tree() }, Units: cameraUnits{a.People.Directory()}})
	if err := a.buildBulk(); err != nil {
		return err
	}
	a.buildReport()
	a.buildNotify()
	a.buildNotice()
	a.Grid.OnRedraw(func(ctx context.Context, changed []string) error {
		_, err := a.Incident.FollowRedraw(ctx, changed)
		return errors.Join(err, a.Video.FollowRedraw(ctx))
	})
	a.Upkeep = upkeep.New(ctx, a.upkeepDeps())
	if !prepare {
		return nil
	}
	return errors.Join(a.People.EnsureRoles(ctx), a.Incident.EnsureCategories(ctx), a.Dispatch.EnsureRules(ctx), a.Limits.EnsureLimits(ctx))
}

// schema brings the schema up, or refuses one that is not this program's.
func (a *App) schema(ctx context.Context, prepare bool) error {
	if prepare {
		return a.DB.Migrate(ctx, migrations.Tree)
	}
	ok, err := a.DB.Migrated(ctx, migrations.Tree)
	if err == nil && !ok {
		err = errors.New("the store's schema is older than this program: run gezhi migrate first, with no older server beside it")
	}
	return err
}

// openKeys loads the key file, makes it for a new store, and refuses one that does not belong to the store.
func (a *App) openKeys(ctx context.Context) error {
	kept, err := db.Setting(ctx, a.DB.Read(), keyCheckSetting)
	if err != nil {
		return err
	}
	if kept != "" && !exists(a.Config.KeyFile) {
		return fmt.Errorf("the key file %s is missing: put back the one that was in use when the data was written, or set GEZHI_KEY_FILE to it; without it personal data cannot be read", a.Config.KeyFile)
	}
	keys, err := seal.LoadOrCreate(a.Config.KeyFile, a.Config.Suite)
	var exposed *seal.ExposedError
	if errors.As(err, &exposed) {
		slog.Warn("the key file can be read by others: allow only its owner", "error", err)
	} else if err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	a.Keys = keys
	if kept != "" {
		if err := keys.VerifyCheck(kept); err != nil {
			return fmt.Errorf("the key file %s does not belong to this store: put back the one that was in use when the data was written (GEZHI_KEY_FILE): %w", a.Config.KeyFile, err)
		}
	}
	if kept == keys.Check() {
		return nil
	}
	return a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return db.PutSetting(ctx, tx, keyCheckSetting, keys.Check(), now.Ms(a.Clock))
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// filesFolder holds the pictures.
func (a *App) filesFolder() string { return filepath.Join(a.Config.Folder, "files") }

func (a *App) buildIncident(ctx context.Context) error {
	originals, err := blob.NewSealedFolder(filepath.Join(a.filesFolder(), "originals"), a.Keys)
	if err != nil {
		return err
	}
	shown, err := blob.NewFolder(filepath.Join(a.filesFolder(), "shown"), a.Keys.NewHash)
	if err != nil {
		return err
	}
	a.Incident, err = incident.NewService(ctx, incident.Config{
		DB: a.DB, Clock: a.Clock, Keys: a.Keys, Places: places{a.Grid}, Directory: directory{a}, Dispatch: proposer{a.Dispatch}, Limits: limits{a.Limits}, Ladder: ladder{a.Dispatch},
		Reader: newWordReader(a.Config.Folder, a.Grid), Originals: originals, Shown: shown, Wake: a.Relay.Wake, Counted: a.Stats.Count,
		PartnerRate: func(account string) int64 {
			p, _ := a.People.Directory().Person(account)
			return p.Rate
		},
	})
	return err
}
