package video

import (
	"context"
	"errors"
	"slices"

	"gezhi/internal/grid"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Units knows who can look after cameras.
type Units interface {
	UnitName(id string) string       // '' for none
	Open(id string) bool             // whether there is such a unit that works
	Find(text string) (ids []string) // by code, else by name
}

// Config is what a Service is made of.
type Config struct {
	DB    *db.DB
	Clock now.Clock
	Tree  func() *grid.Tree
	Units Units
}

// Service holds the use cases of cameras.
type Service struct{ Config }

// NewService returns a service.
func NewService(c Config) *Service { return &Service{c} }

// Get returns a camera that the actor may see; any other is not_found.
func (s *Service) Get(ctx context.Context, actor authz.Actor, camera string) (Camera, error) {
	return readCamera(ctx, s.DB.Read(), seenBy(actor), camera)
}

// Create adds a camera. Refused with field errors; a number that is taken is "camera.number_taken".
func (s *Service) Create(ctx context.Context, actor authz.Actor, c Camera) (Camera, error) {
	path, err := s.check(actor, &c, "")
	if err != nil {
		return c, err
	}
	at := s.Clock.Now()
	c.ID, c.Version = id.New(at), 1
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertCameras(ctx, tx, at.UnixMilli(), []placed{{c, path}}); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "camera.create", c)
	})
	return c, orTaken(err)
}

// CreateAll adds cameras with few statements, all or none.
func (s *Service) CreateAll(ctx context.Context, actor authz.Actor, list []Camera) error {
	at := s.Clock.Now()
	all := make([]placed, len(list))
	for i, c := range list {
		path, err := s.check(actor, &c, "")
		if err != nil {
			return err
		}
		c.ID, c.Version = id.New(at), 1
		all[i] = placed{c, path}
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := insertCameras(ctx, tx, at.UnixMilli(), all); err != nil {
			return err
		}
		for _, c := range all {
			if err := s.record(ctx, tx, actor, "camera.create", c.Camera); err != nil {
				return err
			}
		}
		return nil
	})
	return orTaken(err)
}

// Update changes everything of a camera over the version that was read; a stale one is "camera.stale" with the camera
// as it is.
func (s *Service) Update(ctx context.Context, actor authz.Actor, c Camera) (Camera, error) {
	was, err := s.managed(ctx, s.DB.Read(), actor, c.ID)
	if err != nil {
		return c, err
	}
	path, err := s.check(actor, &c, was.Owner)
	if err != nil {
		return c, err
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := updateCamera(ctx, tx, c, path, s.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if !ok {
			return s.stale(ctx, tx, actor, c.ID)
		}
		return s.record(ctx, tx, actor, "camera.update", c)
	})
	c.Version++
	return c, orTaken(err)
}

// Delete removes a camera with its streams over the version that was read.
func (s *Service) Delete(ctx context.Context, actor authz.Actor, camera string, version int64) error {
	c, err := s.managed(ctx, s.DB.Read(), actor, camera)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ok, err := deleteCamera(ctx, tx, camera, version)
		if err != nil {
			return err
		}
		if !ok {
			return s.stale(ctx, tx, actor, camera)
		}
		return s.record(ctx, tx, actor, "camera.delete", c)
	})
}

// seenBy is where an actor may see cameras: where they may watch and where they keep the register.
func seenBy(actor authz.Actor) authz.Scope {
	a, b := actor.Scope(perm.VideoRead), actor.Scope(perm.VideoManage)
	return authz.Scope{All: a.All || b.All, Areas: append(slices.Clip(a.Areas), b.Areas...), Units: append(slices.Clip(a.Units), b.Units...)}
}

func (s *Service) managed(ctx context.Context, q db.Querier, actor authz.Actor, camera string) (Camera, error) {
	return readCamera(ctx, q, actor.Scope(perm.VideoManage), camera)
}

// check validates a camera, finds where it stands, and refuses places and units where the actor manages none. A unit
// that closed stays with a camera that has it.
func (s *Service) check(actor authz.Actor, c *Camera, owner string) (path []string, err error) {
	var f fault.Fields
	c.Validate(&f)
	if c.Owner != "" && c.Owner != owner && !s.Units.Open(c.Owner) {
		f.Add("owner", "unit.unknown")
	}
	path = s.locate(c)
	target := authz.Target{Areas: path}
	if c.Owner != "" {
		target.Units = []string{c.Owner}
	}
	if c.Point.Valid() == nil && !c.Point.IsZero() && !actor.Scope(perm.VideoManage).Covers(target) {
		f.Add("lon", "position.outside_scope")
	}
	return path, f.Err()
}

// locate sets the area of a camera and returns the ids of all in which it stands.
func (s *Service) locate(c *Camera) []string {
	c.Area = ""
	areas, _ := s.Tree().Locate(c.Point)
	path := make([]string, len(areas))
	for i, a := range areas {
		path[i], c.Area = a.ID, a.ID
	}
	return path
}

func (s *Service) stale(ctx context.Context, tx db.Tx, actor authz.Actor, camera string) error {
	now, err := s.managed(ctx, tx, actor, camera)
	if err != nil {
		return err
	}
	f := fault.New(fault.Conflict, "camera.stale")
	f.Current = s.view(now)
	return f
}

func (s *Service) record(ctx context.Context, tx db.Tx, actor authz.Actor, action string, c Camera) error {
	return audit.Record(ctx, tx, s.Clock.Now(), audit.Entry{Actor: actor, Action: action, Object: "camera", ObjectID: c.ID,
		Detail: map[string]string{"name": c.Name, "number": c.Number}})
}

func orTaken(err error) error {
	if err == nil || !db.IsDuplicate(err) {
		return err
	}
	var f fault.Fields
	f.Add("number", "camera.number_taken")
	return f.Err()
}

func geoCode(err error) string {
	switch {
	case errors.Is(err, geo.ErrSwapped):
		return "position.swapped"
	case errors.Is(err, geo.ErrNaN):
		return "position.nan"
	}
	return "position.range"
}
