package grid

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Recorder writes the audit trail within the transaction of what it records.
type Recorder interface {
	Record(ctx context.Context, tx db.Tx, actor authz.Actor, action, object, objectID string, detail map[string]any) error
}

// Stations knows which units can serve a patrol area.
type Stations interface {
	IsStation(ctx context.Context, unitID string) (bool, error)
}

// Service answers and changes where things are.
type Service struct {
	db       *db.DB
	clock    now.Clock
	audit    Recorder
	posts    Posts
	stations Stations
	work     Work
	crew     Crew
	follow   func(ctx context.Context, changed []string) error

	tree      atomic.Pointer[Tree]
	names     atomic.Pointer[gazetteer]
	reloading sync.Mutex
	following sync.Mutex
}

// New returns a service with the present tree loaded.
func New(ctx context.Context, d *db.DB, clock now.Clock, audit Recorder) (*Service, error) {
	s := &Service{db: d, clock: clock, audit: audit}
	s.names.Store(&gazetteer{})
	_, err := s.Reload(ctx)
	return s, err
}

// UsePosts gives the counts for staffing. Call it before serving.
func (s *Service) UsePosts(p Posts) { s.posts = p }

// UseStations gives the check of a patrol area's station. Without it any id is taken. Call it before serving.
func (s *Service) UseStations(st Stations) { s.stations = st }

// OnRedraw sets what moves open incidents after areas were redrawn, opened, moved or ended. It gets their ids (those
// of new areas with their parents), finds Tree as it is afterwards, and may be called again for the same change: after
// a crash or an error, and on several nodes at once. Call it before serving.
func (s *Service) OnRedraw(fn func(ctx context.Context, changed []string) error) { s.follow = fn }

// Tree returns the present tree. It costs one atomic load.
func (s *Service) Tree() *Tree { return s.tree.Load() }

// AsOf returns the tree with the areas, parents and boundaries that held at an instant (unix ms); names, codes and
// kinds are today's, patrol areas and places are left out.
func (s *Service) AsOf(ctx context.Context, at int64) (*Tree, error) {
	var d treeData
	err := s.db.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		d, err = readTreeAt(ctx, q, at)
		return err
	})
	if err != nil {
		return nil, err
	}
	return newTree(d, nil), nil
}

// LoadPlaces takes the names of the base map for FindPlaces from the web files.
func (s *Service) LoadPlaces(files fs.FS) error {
	g, err := readPlaces(files)
	if err == nil {
		s.names.Store(g)
	}
	return err
}

// Reload takes the newest tree from the store if it is not the present one, and tells whether it did.
func (s *Service) Reload(ctx context.Context) (bool, error) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	before := s.tree.Load()
	if before != nil {
		seq, err := readSeq(ctx, s.db.Read())
		if err != nil || seq == before.seq {
			return false, err
		}
	}
	var d treeData
	err := s.db.Snapshot(ctx, func(ctx context.Context, q db.Querier) (err error) {
		d, err = readTree(ctx, q, shapesOf(before))
		return err
	})
	if err != nil {
		return false, err
	}
	s.tree.Store(newTree(d, before))
	return true, nil
}

// pollEvery is how often a node looks for what others changed.
const pollEvery = 2 * time.Second

// Run keeps the tree up to date with what other nodes change, applies planned redraws whose instant has come, and lets
// incidents follow redraws that a crash left waiting, until the context ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		if _, err := s.Reload(ctx); err != nil && ctx.Err() == nil {
			slog.Error("load areas", "error", err)
		}
		if _, err := s.ApplyDue(ctx); err != nil && ctx.Err() == nil {
			slog.Error("apply a planned redraw; it is tried again", "error", err)
		}
		s.followWaiting(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// followWaiting calls the hook for the changes that wait for it. One that fails waits for the next time.
func (s *Service) followWaiting(ctx context.Context) {
	if s.follow == nil {
		return
	}
	s.following.Lock()
	defer s.following.Unlock()
	list, err := readWaiting(ctx, s.db.Read())
	for _, w := range list {
		if w.seq > s.Tree().seq {
			break
		}
		if err = s.follow(ctx, w.areas); err != nil {
			break
		}
		err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return clearWaiting(ctx, tx, w.seq) })
		if err != nil {
			break
		}
	}
	if err != nil && ctx.Err() == nil {
		slog.Error("follow a redraw", "error", err)
	}
}

// plan is what a change will do to the store, thought out on one tree.
type plan struct {
	write   func(ctx context.Context, tx db.Tx) error // nil: nothing to do
	waiting []string                                  // areas from which incidents must follow
}

var errOutrun = errors.New("somebody else changed the areas first")

// change plans on the present tree and writes the plan only if that is still the newest one, else plans anew. So
// whatever a plan has checked holds when it is written, also against other nodes. A refusal on a tree that turns out
// to be old is thought over once.
func (s *Service) change(ctx context.Context, think func(t *Tree, at int64) (plan, error)) error {
	fresh := false
	for range 100 {
		t, at := s.Tree(), now.Ms(s.clock)
		p, err := think(t, at)
		if err == nil && p.write == nil {
			return nil
		}
		if err == nil {
			err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				if err := writeSeq(ctx, tx, t.seq+1, at, p.waiting); err != nil {
					if db.IsDuplicate(err) {
						return errOutrun
					}
					return err
				}
				return p.write(ctx, tx)
			})
		} else if fresh {
			return err
		}
		if err == nil {
			// The change stands; the caller may have hung up meanwhile.
			after := context.WithoutCancel(ctx)
			_, err := s.Reload(after)
			s.followWaiting(after)
			return err
		}
		if errors.Is(err, db.ErrUnknown) {
			return err
		}
		reloaded, reloadErr := s.Reload(ctx)
		if reloadErr != nil {
			return reloadErr
		}
		if !reloaded && s.Tree() == t && !errors.Is(err, errOutrun) {
			return err
		}
		fresh = true
	}
	return fault.New(fault.Unavailable, "store.busy")
}

// covers tells whether the actor may manage the area; without an id, the whole tree.
func covers(actor authz.Actor, t *Tree, areaID string) error {
	scope := actor.Scope(perm.AreaManage)
	if scope.All || areaID != "" && scope.Covers(authz.Target{Areas: t.PathIDs(areaID)}) {
		return nil
	}
	return fault.New(fault.Forbidden, "forbidden")
}
