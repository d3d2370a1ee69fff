package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/kit/seal"
	"gezhi/internal/live"
	"gezhi/internal/people"
	"gezhi/migrations"
)

// App is the program with its services, without the server around it.
type App struct {
	Config   Config
	Clock    now.Clock
	DB       *db.DB
	Keys     *seal.Keys
	Audit    *audit.Log
	People   *people.Service
	Grid     *grid.Service
	Dispatch *dispatch.Service
	Incident *incident.Service
	Relay    *outbox.Relay
	Feed     *outbox.Feed
	demo     bool                     // the store holds the demo
	live     atomic.Pointer[live.Hub] // while serving
}

// keyCheckSetting keeps the check value of the key file, demoSetting marks a store that holds the demo.
const (
	keyCheckSetting = "key.check"
	demoSetting     = "demo"
)

// Open opens the store of a configuration, brings its schema up, checks the key file, and builds the services.
func Open(ctx context.Context, c Config, clock now.Clock) (*App, error) {
	time.Local = c.Zone // numbers, days and reports follow the office's own zone
	d, err := db.Open(ctx, c.DB, c.Folder)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, Clock: clock, DB: d}
	if err := a.build(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

// Close closes the store.
func (a *App) Close() error { return a.DB.Close() }

func (a *App) build(ctx context.Context) error {
	if err := a.DB.Migrate(ctx, migrations.Tree); err != nil {
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
	if err := a.People.EnsureRoles(ctx); err != nil {
		return err
	}
	a.Grid.UsePosts(staffing{a})
	a.Grid.UseStations(stations{a.People.Directory()})
	a.Dispatch, err = dispatch.NewService(ctx, dispatch.Config{DB: a.DB, Clock: a.Clock, Places: dispatchPlaces{a.Grid}, Directory: force{a},
		Words: vocabulary{a}, Audit: recorder{a.Clock}})
	if err != nil {
		return err
	}
	if err := a.buildIncident(ctx); err != nil {
		return err
	}
	if err := a.Dispatch.EnsureRules(ctx); err != nil {
		return err
	}
	a.Grid.OnRedraw(func(ctx context.Context, changed []string) error {
		_, err := a.Incident.FollowRedraw(ctx, changed)
		return err
	})
	return nil
}

// openKeys loads or makes the key file and refuses one that does not belong to the store.
func (a *App) openKeys(ctx context.Context) error {
	keys, err := seal.LoadOrCreate(a.Config.KeyFile, a.Config.Suite)
	var exposed *seal.ExposedError
	if errors.As(err, &exposed) {
		slog.Warn("the key file can be read by others: allow only its owner", "error", err)
	} else if err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	a.Keys = keys
	kept, err := db.Setting(ctx, a.DB.Read(), keyCheckSetting)
	if err != nil {
		return err
	}
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

func (a *App) buildIncident(ctx context.Context) error {
	originals, err := blob.NewSealedFolder(filepath.Join(a.Config.Folder, "files", "originals"), a.Keys)
	if err != nil {
		return err
	}
	shown, err := blob.NewFolder(filepath.Join(a.Config.Folder, "files", "shown"), a.Keys.NewHash)
	if err != nil {
		return err
	}
	a.Incident, err = incident.NewService(ctx, incident.Config{
		DB: a.DB, Clock: a.Clock, Keys: a.Keys, Places: places{a.Grid}, Directory: directory{a}, Dispatch: proposer{a.Dispatch},
		Originals: originals, Shown: shown, Wake: a.Relay.Wake,
		PartnerRate: func(account string) int64 {
			p, _ := a.People.Directory().Person(account)
			return p.Rate
		},
	})
	if err != nil {
		return err
	}
	return a.Incident.EnsureCategories(ctx)
}
