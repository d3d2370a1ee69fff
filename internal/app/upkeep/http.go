package upkeep

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// StateView is the state of the machine, its plan and its backups.
type StateView struct {
	Free      int64         `json:"free" doc:"bytes free on the disk"`
	Total     int64         `json:"total" doc:"bytes of the disk; 0 when not known"`
	Folder    string        `json:"folder" doc:"where backups are kept on the server"`
	Key       string        `json:"key" doc:"path of the key file, which no backup holds"`
	Plan      PlanView      `json:"plan"`
	Archives  []ArchiveView `json:"archives" nullable:"false" doc:"newest first"`
	Backup    *Outcome      `json:"backup,omitempty" doc:"the last backup; missing before the first"`
	Rehearsal *Outcome      `json:"rehearsal,omitempty" doc:"the last rehearsal; missing before the first"`
	Job       *JobView      `json:"job,omitempty" doc:"what runs now"`
	Warnings  []WarningView `json:"warnings" nullable:"false"`
}

// PlanView says when backups are made by themselves.
type PlanView struct {
	On   bool `json:"on"`
	Hour int  `json:"hour" doc:"0 to 23, of the office's day"`
	Keep int  `json:"keep" doc:"how many archives stay, 1 to 365"`
}

// ArchiveView is a backup in the folder.
type ArchiveView struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	At    int64  `json:"at" doc:"unix ms"`
}

// JobView is what runs now.
type JobView struct {
	Kind    Kind   `json:"kind" enum:"backup,rehearsal"`
	Name    string `json:"name"`
	By      string `json:"by" doc:"'' for the plan"`
	Started int64  `json:"started" doc:"unix ms"`
}

// WarningView is something to do something about.
type WarningView struct {
	Code   string `json:"code"`
	Grave  bool   `json:"grave"`
	Amount int64  `json:"amount" doc:"days, where the words need them"`
}

type (
	stateOut  struct{ Body StateView }
	planIn    struct{ Body PlanView }
	archiveIn struct {
		Name string `path:"name" maxLength:"60"`
	}
)

// Routes registers the routes.
func Routes(api *web.API, s *Service) {
	const tag = "upkeep"
	manage := web.Need(perm.SettingsManage)
	show := func(ctx context.Context) (*stateOut, error) {
		st, err := s.State(ctx, web.Actor(ctx))
		if err != nil {
			return nil, err
		}
		return &stateOut{s.view(st)}, nil
	}
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/upkeep", ID: "getUpkeep", Tag: tag, Summary: "The disk, the plan and the backups", Access: manage},
		func(ctx context.Context, _ *struct{}) (*stateOut, error) { return show(ctx) })
	web.Register(api, web.Route{Method: http.MethodPut, Path: "/api/v1/upkeep/plan", ID: "putUpkeepPlan", Tag: tag, Summary: "Say when backups are made by themselves", Access: manage},
		func(ctx context.Context, in *planIn) (*stateOut, error) {
			if err := s.SetPlan(ctx, web.Actor(ctx), Plan(in.Body)); err != nil {
				return nil, err
			}
			return show(ctx)
		})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/upkeep/backups", ID: "makeBackup", Tag: tag, Summary: "Begin a backup", Access: manage,
		Status: http.StatusAccepted}, func(ctx context.Context, _ *struct{}) (*stateOut, error) {
		if err := s.StartBackup(ctx, web.Actor(ctx)); err != nil {
			return nil, err
		}
		return show(ctx)
	})
	web.Register(api, web.Route{Method: http.MethodPost, Path: "/api/v1/upkeep/backups/{name}/rehearse", ID: "rehearseBackup", Tag: tag, Summary: "Begin to restore a backup beside the store and check it",
		Access: manage, Status: http.StatusAccepted}, func(ctx context.Context, in *archiveIn) (*stateOut, error) {
		if err := s.StartRehearsal(ctx, web.Actor(ctx), in.Name); err != nil {
			return nil, err
		}
		return show(ctx)
	})
	web.Register(api, web.Route{Method: http.MethodDelete, Path: "/api/v1/upkeep/backups/{name}", ID: "removeBackup", Tag: tag, Summary: "Remove a backup; the last one is kept", Access: manage},
		func(ctx context.Context, in *archiveIn) (*stateOut, error) {
			if err := s.Remove(ctx, web.Actor(ctx), in.Name); err != nil {
				return nil, err
			}
			return show(ctx)
		})
	web.Register(api, web.Route{Method: http.MethodGet, Path: "/api/v1/upkeep/backups/{name}", ID: "getBackup", Tag: tag, Summary: "Take a backup elsewhere; recorded", Access: manage},
		func(ctx context.Context, in *archiveIn) (*huma.StreamResponse, error) {
			return s.download(ctx, in.Name)
		})
}

func (s *Service) download(ctx context.Context, name string) (*huma.StreamResponse, error) {
	f, err := s.Open(ctx, web.Actor(ctx), name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer f.Close()
		hc.SetHeader("Content-Type", "application/gzip")
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		hc.SetHeader("Content-Length", strconv.FormatInt(info.Size(), 10))
		hc.SetHeader("Cache-Control", "no-store")
		_, w := humago.Unwrap(hc)
		// A large archive takes longer than other answers may.
		http.NewResponseController(w).SetWriteDeadline(time.Time{})
		io.Copy(w, f)
	}}, nil
}

func (s *Service) view(st State) StateView {
	v := StateView{Free: st.Disk.Free, Total: st.Disk.Total, Folder: s.Folder, Key: s.Key, Plan: PlanView(st.Plan),
		Archives: make([]ArchiveView, len(st.Archives)), Warnings: make([]WarningView, len(st.Warnings))}
	for n, a := range st.Archives {
		v.Archives[n] = ArchiveView{Name: a.Name, Bytes: a.Bytes, At: a.At.UnixMilli()}
	}
	for n, w := range st.Warnings {
		v.Warnings[n] = WarningView(w)
	}
	if st.Backup.At > 0 || st.Backup.Failed != "" {
		v.Backup = &st.Backup
	}
	if st.Rehearsal.At > 0 || st.Rehearsal.Failed != "" {
		v.Rehearsal = &st.Rehearsal
	}
	if st.Job != nil {
		v.Job = &JobView{Kind: st.Job.Kind, Name: st.Job.Name, By: st.Job.By, Started: st.Job.Started.UnixMilli()}
	}
	return v
}
