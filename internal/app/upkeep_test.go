package app

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/upkeep"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

var keeper = authz.Actor{AccountID: "keeper", Name: "周管理", Posts: []authz.Post{{Role: "system_admin", Permissions: map[authz.Permission]bool{perm.SettingsManage: true}}}}

// turnedUpkeep is the upkeep of a program with a clock that the test turns.
func turnedUpkeep(t *testing.T, a *App, clock now.Clock) *upkeep.Service {
	a.Clock = clock
	d := a.upkeepDeps()
	d.Disk = func(string) (upkeep.Disk, error) { return upkeep.Disk{Free: 50 << 30, Total: 100 << 30}, nil }
	return upkeep.New(t.Context(), d)
}

func TestABackupIsMadeAndItsRestoreRehearsed(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		filledApp(t, a)
		clock := now.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, a.Config.Zone))
		s := turnedUpkeep(t, a, clock)
		require.Equal(t, []string{"backup_never", "rehearsal_never"}, codes(t, s))

		require.NoError(t, s.StartBackup(t.Context(), keeper))
		s.Wait()
		st, err := s.State(t.Context(), keeper)
		require.NoError(t, err)
		require.Len(t, st.Archives, 1)
		require.Positive(t, st.Backup.Rows)
		require.Equal(t, []string{"rehearsal_never"}, codes(t, s))

		require.NoError(t, s.StartRehearsal(t.Context(), keeper, st.Archives[0].Name))
		s.Wait()
		st, err = s.State(t.Context(), keeper)
		require.NoError(t, err)
		require.Empty(t, st.Rehearsal.Failed)
		require.Empty(t, st.Rehearsal.Broken)
		require.Equal(t, st.Backup.Rows, st.Rehearsal.Rows)
		require.Positive(t, st.Rehearsal.Incidents)
		require.Empty(t, codes(t, s))
		left, err := filepath.Glob(filepath.Join(a.Config.Folder, ".rehearsal-*"))
		require.NoError(t, err)
		require.Empty(t, left, "the copy is gone, with the personal data in it")

		clock.Advance(4 * 24 * time.Hour)
		require.Equal(t, []string{"backup_old"}, codes(t, s))
	})
}

func TestARehearsalFindsWhatWasChanged(t *testing.T) {
	a := openApp(t, "")
	filledApp(t, a)
	_, err := a.DB.Pool().ExecContext(t.Context(), `UPDATE entries SET at = at + 1 WHERE seq = 2`)
	require.NoError(t, err)
	s := turnedUpkeep(t, a, now.NewManual(time.Now()))
	require.NoError(t, s.StartBackup(t.Context(), keeper))
	s.Wait()
	st, err := s.State(t.Context(), keeper)
	require.NoError(t, err)
	name := st.Archives[0].Name
	require.NoError(t, s.StartRehearsal(t.Context(), keeper, name))
	s.Wait()
	st, err = s.State(t.Context(), keeper)
	require.NoError(t, err)
	require.NotEmpty(t, st.Rehearsal.Broken)
	require.Equal(t, []string{"rehearsal_failed"}, codes(t, s))

	path := filepath.Join(a.backupsFolder(), name)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, whole[:len(whole)/2], 0o600))
	require.NoError(t, s.StartRehearsal(t.Context(), keeper, name))
	s.Wait()
	st, err = s.State(t.Context(), keeper)
	require.NoError(t, err)
	require.NotEmpty(t, st.Rehearsal.Failed, "a damaged archive does not come back")
}

// The plan's hour comes on two nodes of one store, many times: one of them makes one backup a day, and the oldest go.
func TestThePlannedBackupIsMadeOnceADay(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		clock := now.NewManual(time.Date(2026, 11, 22, 1, 0, 0, 0, a.Config.Zone))
		nodes := []*upkeep.Service{turnedUpkeep(t, a, clock), turnedUpkeep(t, a, clock)}
		require.NoError(t, nodes[0].SetPlan(t.Context(), keeper, upkeep.Plan{On: true, Hour: 3, Keep: 2}))
		made := func() int {
			st, err := nodes[0].State(t.Context(), keeper)
			require.NoError(t, err)
			return len(st.Archives)
		}
		tick := func() {
			var all sync.WaitGroup
			for _, s := range nodes {
				all.Go(func() {
					for range 3 {
						_ = s.Due(t.Context()) // busy is refused; a lost claim is nothing
					}
				})
			}
			all.Wait()
			for _, s := range nodes {
				s.Wait()
			}
		}
		clock.Set(time.Date(2026, 11, 22, 4, 0, 0, 0, a.Config.Zone))
		tick()
		require.Zero(t, made(), "a store that begins has nothing to lose")
		clock.Set(time.Date(2026, 11, 23, 2, 59, 0, 0, a.Config.Zone))
		tick()
		require.Zero(t, made(), "before the hour")
		for day := 23; day < 27; day++ {
			clock.Set(time.Date(2026, 11, day, 3+day%5, 0, 0, 0, a.Config.Zone))
			tick()
			require.Equal(t, min(day-22, 2), made())
		}
		require.NoError(t, nodes[0].SetPlan(t.Context(), keeper, upkeep.Plan{Hour: 3, Keep: 2}))
		clock.Advance(48 * time.Hour)
		tick()
		require.Equal(t, 2, made(), "switched off")
	})
}

// A rehearsal that runs over the plan's hour puts the night's backup off, not away.
func TestThePlannedBackupWaitsForARehearsal(t *testing.T) {
	a := openApp(t, "")
	clock := now.NewManual(time.Date(2026, 11, 22, 4, 0, 0, 0, a.Config.Zone))
	a.Clock = clock
	d, going := a.upkeepDeps(), make(chan struct{})
	d.Disk = func(string) (upkeep.Disk, error) { return upkeep.Disk{}, nil }
	d.Rehearse = func(context.Context, string, string) (upkeep.Rehearsed, error) {
		<-going
		return upkeep.Rehearsed{}, nil
	}
	s := upkeep.New(t.Context(), d)
	made := func() (names []string) {
		st, err := s.State(t.Context(), keeper)
		require.NoError(t, err)
		for _, archive := range st.Archives {
			names = append(names, archive.Name)
		}
		return names
	}
	require.NoError(t, s.Due(t.Context()))
	require.NoError(t, s.StartBackup(t.Context(), keeper))
	s.Wait()
	require.NoError(t, s.StartRehearsal(t.Context(), keeper, made()[0]))
	clock.Advance(24 * time.Hour)
	require.NoError(t, s.Due(t.Context()))
	close(going)
	s.Wait()
	require.Len(t, made(), 1)
	require.NoError(t, s.Due(t.Context()))
	s.Wait()
	require.Len(t, made(), 2)
}

func TestUpkeepRefusesWhatWouldHarm(t *testing.T) {
	a := openApp(t, "")
	s := turnedUpkeep(t, a, now.NewManual(time.Now()))
	stranger := authz.Actor{AccountID: "x", Posts: []authz.Post{{Role: "duty", Permissions: map[authz.Permission]bool{perm.IncidentRead: true}}}}
	_, err := s.State(t.Context(), stranger)
	require.True(t, fault.Is(err, "forbidden"), err)
	require.True(t, fault.Is(s.StartBackup(t.Context(), stranger), "forbidden"))

	require.NoError(t, s.StartBackup(t.Context(), keeper))
	s.Wait()
	st, err := s.State(t.Context(), keeper)
	require.NoError(t, err)
	require.True(t, fault.Is(s.Remove(t.Context(), keeper, st.Archives[0].Name), "upkeep.last_backup"))
	secret := filepath.Join(a.Config.Folder, "gezhi.key")
	for _, name := range []string{"../gezhi.key", "../gezhi.db", secret, "", "gezhi-20260101-000000.tar.gz"} {
		_, err := s.Open(t.Context(), keeper, name)
		require.True(t, fault.Is(err, "not_found"), "%s: %v", name, err)
		require.True(t, fault.Is(s.Remove(t.Context(), keeper, name), "not_found"), name)
	}
	require.FileExists(t, secret)
	require.Error(t, s.SetPlan(t.Context(), keeper, upkeep.Plan{On: true, Hour: 24, Keep: 0}))

	full := a.upkeepDeps()
	full.Disk = func(string) (upkeep.Disk, error) { return upkeep.Disk{Free: 100 << 20, Total: 100 << 30}, nil }
	s = upkeep.New(t.Context(), full)
	require.Equal(t, []string{"disk_full", "rehearsal_never"}, codes(t, s))
	require.True(t, fault.Is(s.StartRehearsal(t.Context(), keeper, st.Archives[0].Name), "upkeep.no_room"))
}

func codes(t *testing.T, s *upkeep.Service) []string {
	t.Helper()
	st, err := s.State(t.Context(), keeper)
	require.NoError(t, err)
	list := []string{}
	for _, w := range st.Warnings {
		list = append(list, w.Code)
	}
	return list
}
