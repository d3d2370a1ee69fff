// Package upkeep looks after the machine on which the program runs, for somebody who has never seen a terminal: room
// on the disk, backups by plan and on demand, and rehearsals that restore a backup beside the store and check it.
package upkeep

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Deps is what upkeep needs of the program around it.
type Deps struct {
	DB     *db.DB
	Clock  now.Clock
	Zone   *time.Location // of the office: a plan names an hour of its day
	Folder string         // where archives are kept
	Data   string         // the folder whose disk is watched
	Key    string         // path of the key file, told to people because no archive holds it
	// Backup writes an archive to a path that does not exist yet.
	Backup func(ctx context.Context, path string) (Made, error)
	// Rehearse restores an archive into an empty folder and checks it there. The store itself is not touched.
	Rehearse func(ctx context.Context, path, folder string) (Rehearsed, error)
	// Record writes the audit trail.
	Record func(ctx context.Context, e audit.Entry) error
	// Disk measures a folder's disk; nil takes the system's own figures.
	Disk func(folder string) (Disk, error)
}

// Made says what an archive holds.
type Made struct{ Rows, Files int64 }

// Rehearsed says what came back from an archive, and what was found broken in it.
type Rehearsed struct {
	Rows, Files, Incidents, Entries int64
	Broken                          []string
}

// Service keeps the plan, the archives and the one job that may run at a time on this node.
type Service struct {
	Deps
	ctx  context.Context // ends with the server: a job does not outlive it
	mu   sync.Mutex
	job  *Job
	done sync.WaitGroup
}

// New returns the upkeep of a store. Jobs that are started end with the context.
func New(ctx context.Context, d Deps) *Service {
	if d.Disk == nil {
		d.Disk = diskOf
	}
	return &Service{Deps: d, ctx: ctx}
}

// State is everything that the page shows.
type State struct {
	Disk      Disk
	Plan      Plan
	Archives  []Archive // newest first
	Backup    Outcome   // the last one that ended, on any node
	Rehearsal Outcome
	Job       *Job // what runs now on this node
	Warnings  []Warning
}

// State reads the state. It needs settings.manage.
func (s *Service) State(ctx context.Context, actor authz.Actor) (State, error) {
	if err := may(actor); err != nil {
		return State{}, err
	}
	return s.state(ctx)
}

func (s *Service) state(ctx context.Context) (st State, err error) {
	if st.Plan, err = s.readPlan(ctx); err != nil {
		return st, err
	}
	if st.Backup, err = s.readOutcome(ctx, Backup); err != nil {
		return st, err
	}
	if st.Rehearsal, err = s.readOutcome(ctx, Rehearsal); err != nil {
		return st, err
	}
	if st.Archives, err = archivesIn(s.Folder); err != nil {
		return st, err
	}
	if st.Disk, err = s.Disk(s.Data); err != nil {
		slog.Warn("the disk cannot be measured", "error", err)
	}
	s.mu.Lock()
	if s.job != nil {
		job := *s.job
		st.Job = &job
	}
	s.mu.Unlock()
	st.Warnings = warnings(st, s.Clock.Now())
	return st, nil
}

// Run makes the planned backups until the context ends, and waits for the job that runs.
func (s *Service) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	defer s.done.Wait()
	if err := s.sweep(); err != nil {
		slog.Error("what earlier jobs left behind is not removed", "error", err)
	}
	for {
		if err := s.Due(ctx); err != nil && ctx.Err() == nil {
			slog.Error("planned backup", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func may(actor authz.Actor) error {
	if !actor.Can(perm.SettingsManage) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return nil
}
