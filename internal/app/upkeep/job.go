package upkeep

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
)

// Kind is what a job does.
type Kind string

// The kinds of jobs.
const (
	Backup    Kind = "backup"
	Rehearsal Kind = "rehearsal"
)

// Job is what runs now.
type Job struct {
	Kind    Kind
	Name    string // of the archive
	By      string // name of whoever began it; '' for the plan
	Started time.Time
}

// Outcome is how the last job of a kind ended.
type Outcome struct {
	Name      string   `json:"name"`
	At        int64    `json:"at"` // unix ms, of the archive or of the rehearsal
	Took      int64    `json:"took"`
	Bytes     int64    `json:"bytes"`
	Rows      int64    `json:"rows"`
	Files     int64    `json:"files"`
	Incidents int64    `json:"incidents,omitempty"`
	Entries   int64    `json:"entries,omitempty"`
	Broken    []string `json:"broken,omitempty"` // what a rehearsal found
	Failed    string   `json:"failed,omitempty"` // for the server's clerk; '' when it went well
}

// age tells how old the outcome is, if there ever was one that went well.
func (o Outcome) age(at time.Time) (time.Duration, bool) {
	return at.Sub(time.UnixMilli(o.At)), o.At > 0
}

func outcomeKey(k Kind) string { return "upkeep.last." + string(k) }

func (s *Service) readOutcome(ctx context.Context, k Kind) (o Outcome, err error) {
	text, err := db.Setting(ctx, s.DB.Read(), outcomeKey(k))
	if err != nil || text == "" {
		return o, err
	}
	return o, json.Unmarshal([]byte(text), &o)
}

// StartBackup begins a backup and returns at once. While another job runs it is refused with "upkeep.busy".
func (s *Service) StartBackup(ctx context.Context, actor authz.Actor) error {
	if err := may(actor); err != nil {
		return err
	}
	if err := s.start(Job{Kind: Backup, By: actor.Name, Started: s.Clock.Now()}, s.makeBackup); err != nil {
		return err
	}
	return s.Record(ctx, audit.Entry{Actor: actor, Action: "upkeep.backup", Object: "backup"})
}

// StartRehearsal begins to restore an archive into a folder beside the store and to check what came back. It returns
// at once. It is refused with "upkeep.busy", or with "upkeep.no_room" when the disk could not hold the copy.
func (s *Service) StartRehearsal(ctx context.Context, actor authz.Actor, name string) error {
	if err := may(actor); err != nil {
		return err
	}
	a, _, err := s.archive(name)
	if err != nil {
		return err
	}
	// Rows are about ten times as large when they are not packed, and the index comes on top.
	if d, err := s.Disk(s.Data); err == nil && d.Total > 0 && d.Free < 12*a.Bytes+(1<<30) {
		return fault.New(fault.Conflict, "upkeep.no_room")
	}
	if err := s.start(Job{Kind: Rehearsal, Name: name, By: actor.Name, Started: s.Clock.Now()}, s.rehearse); err != nil {
		return err
	}
	return s.Record(ctx, audit.Entry{Actor: actor, Action: "upkeep.rehearse", Object: "backup", ObjectID: name})
}

// start runs a job in the background, unless one runs already.
func (s *Service) start(j Job, run func(ctx context.Context, j *Job) Outcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.job != nil || s.ctx.Err() != nil {
		return fault.New(fault.Conflict, "upkeep.busy")
	}
	if j.Kind == Backup {
		j.Name = nameAt(j.Started)
	}
	s.job = &j
	own := j
	s.done.Go(func() {
		o := run(s.ctx, &own)
		if err := s.keep(own.Kind, o); err != nil {
			slog.Error("the outcome of a job is not kept", "job", own.Kind, "error", err)
		}
		s.mu.Lock()
		s.job = nil
		s.mu.Unlock()
	})
	return nil
}

// busy tells whether a job runs on this node.
func (s *Service) busy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.job != nil
}

// Wait returns when no job runs.
func (s *Service) Wait() { s.done.Wait() }

// keep remembers how a job ended. A failure keeps the time of the last success, whose age is what matters.
func (s *Service) keep(k Kind, o Outcome) error {
	ctx := context.WithoutCancel(s.ctx)
	if o.Failed != "" {
		last, err := s.readOutcome(ctx, k)
		if err != nil {
			return err
		}
		last.Failed = o.Failed
		o = last
	}
	text, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return db.PutSetting(ctx, tx, outcomeKey(k), string(text), s.Clock.Now().UnixMilli())
	})
}

func (s *Service) makeBackup(ctx context.Context, j *Job) Outcome {
	path := filepath.Join(s.Folder, j.Name)
	made, err := Made{}, os.MkdirAll(s.Folder, 0o700)
	if err == nil {
		made, err = s.Backup(ctx, path)
	}
	if err != nil {
		slog.Error("backup", "error", err)
		return Outcome{Failed: err.Error()}
	}
	o := Outcome{Name: j.Name, At: j.Started.UnixMilli(), Took: s.Clock.Now().Sub(j.Started).Milliseconds(), Rows: made.Rows, Files: made.Files}
	if info, err := os.Stat(path); err == nil {
		o.Bytes = info.Size()
	}
	p, err := s.readPlan(ctx)
	if err == nil {
		err = s.thin(p.Keep)
	}
	if err != nil {
		slog.Error("old backups are not removed", "error", err)
	}
	return o
}

func (s *Service) rehearse(ctx context.Context, j *Job) Outcome {
	folder, err := os.MkdirTemp(s.Data, ".rehearsal-*")
	if err != nil {
		return Outcome{Failed: err.Error()}
	}
	r, err := s.Rehearse(ctx, filepath.Join(s.Folder, j.Name), folder)
	if gone := os.RemoveAll(folder); gone != nil {
		slog.Error("the copy of a rehearsal is not removed", "folder", folder, "error", gone)
	}
	if err != nil {
		slog.Error("rehearsal", "archive", j.Name, "error", err)
		return Outcome{Failed: err.Error()}
	}
	return Outcome{Name: j.Name, At: j.Started.UnixMilli(), Took: s.Clock.Now().Sub(j.Started).Milliseconds(),
		Rows: r.Rows, Files: r.Files, Incidents: r.Incidents, Entries: r.Entries, Broken: r.Broken}
}

// Open opens an archive to take it elsewhere; the look is recorded. The caller closes it.
func (s *Service) Open(ctx context.Context, actor authz.Actor, name string) (*os.File, error) {
	if err := may(actor); err != nil {
		return nil, err
	}
	_, path, err := s.archive(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := s.Record(ctx, audit.Entry{Actor: actor, Action: "upkeep.download", Object: "backup", ObjectID: name}); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Remove removes an archive. The last one is kept: refused with "upkeep.last_backup".
func (s *Service) Remove(ctx context.Context, actor authz.Actor, name string) error {
	if err := may(actor); err != nil {
		return err
	}
	_, path, err := s.archive(name)
	if err != nil {
		return err
	}
	list, err := archivesIn(s.Folder)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return fault.New(fault.Conflict, "upkeep.last_backup")
	}
	if err := s.Record(ctx, audit.Entry{Actor: actor, Action: "upkeep.remove", Object: "backup", ObjectID: name}); err != nil {
		return err
	}
	return os.Remove(path)
}
