package window_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
	"gezhi/internal/window"
)

var begin = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// hall is an office with its windows: the service over a migrated store, and two offices in two streets.
type hall struct {
	*window.Service
	db    *db.DB
	clock *now.Manual
	t     *testing.T
}

type offices struct{}

func (offices) Office(id string) (window.Office, bool) {
	for _, o := range (offices{}).Offices() {
		if o.ID == id {
			return o, true
		}
	}
	return window.Office{}, false
}

func (offices) Offices() []window.Office {
	return []window.Office{{ID: "centre", Name: "中心", Areas: []string{"city", "street-a"}}, {ID: "other", Name: "邻街中心", Areas: []string{"city", "street-b"}}}
}

type incidents struct{}

func (incidents) TakenIn(_ context.Context, _ authz.Actor, id string) (string, string, bool, error) {
	return "260302-0000-0001", "K7Q2-M9XR", id == "incident", nil
}

// post gives somebody permissions over an area.
func post(id, area string, may ...authz.Permission) authz.Actor {
	p := authz.Post{AreaID: area, Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{}}
	for _, m := range may {
		p.Permissions[m] = true
	}
	return authz.Actor{AccountID: id, Name: id, Posts: []authz.Post{p}}
}

var (
	clerk    = post("clerk", "street-a", perm.WindowServe)
	stranger = post("stranger", "street-b", perm.WindowServe, perm.WindowManage)
	manager  = post("manager", "street-a", perm.WindowServe, perm.WindowManage)
	bg       = context.Background()
)

func each(t *testing.T, fn func(t *testing.T, h hall)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			for _, id := range []string{"centre", "other"} {
				if _, err := tx.ExecContext(ctx, `INSERT INTO units (id, code, name, kind, speciality, section, phone, address, open, version, created_at, updated_at)
					VALUES ($1, $1, $1, 'centre', '', '', '', '', TRUE, 1, 0, 0)`, id); err != nil {
					return err
				}
			}
			return nil
		}))
		clock := now.NewManual(begin)
		fn(t, hall{window.NewService(window.Config{DB: d, Clock: clock, Offices: offices{}, Incidents: incidents{}}), d, clock, t})
	})
}

func (h hall) window(kind string, counter int64) window.Window {
	h.t.Helper()
	w, err := h.Create(bg, manager, window.Window{Office: "centre", Name: "窗口", Kind: kind, Counter: counter, Open: true})
	require.NoError(h.t, err)
	return w
}

func (h hall) take(kind string) *window.QueueNumber {
	h.t.Helper()
	n, _, err := h.Take(bg, clerk, "", kind)
	require.NoError(h.t, err)
	return n
}

func (h hall) refused(err error, code string) {
	h.t.Helper()
	require.Error(h.t, err)
	f, ok := fault.As(err)
	require.True(h.t, ok, "%v", err)
	require.Equal(h.t, code, f.Code)
}

// TestANumberGoesItsWay draws, calls, serves and ends numbers, and reads the figures of the day.
func TestANumberGoesItsWay(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		_, _, err := h.Take(bg, clerk, "", "general")
		h.refused(err, "window.none")
		w := h.window("general", 1)
		_, _, err = h.Take(bg, clerk, "", "legal")
		h.refused(err, "window.kind_closed")
		_, err = h.CallNext(bg, clerk, w.ID)
		h.refused(err, "window.nobody")

		first, second := h.take("general"), h.take("general")
		require.Equal(t, []string{"A001", "A002"}, []string{first.Label(), second.Label()})
		h.clock.Advance(4 * time.Minute)
		called, err := h.CallNext(bg, clerk, w.ID)
		require.NoError(t, err)
		require.Equal(t, first.ID, called.ID)
		_, err = h.CallNext(bg, clerk, w.ID)
		h.refused(err, "window.busy")
		called, err = h.Act(bg, clerk, first.ID, "call_again", "")
		require.NoError(t, err)
		require.Equal(t, int64(2), called.Calls)
		_, _, err = h.Link(bg, clerk, first.ID, "incident")
		h.refused(err, "window.not_served")
		_, err = h.Act(bg, clerk, first.ID, "serve", "")
		require.NoError(t, err)
		_, _, err = h.Link(bg, clerk, first.ID, "elsewhere")
		h.refused(err, "not_found")
		for range 2 {
			linked, code, err := h.Link(bg, clerk, first.ID, "incident")
			require.NoError(t, err)
			require.Equal(t, "K7Q2-M9XR", code)
			require.Equal(t, "260302-0000-0001", linked.IncidentNumber)
		}
		_, err = h.Act(bg, clerk, first.ID, "skip", "")
		h.refused(err, "action.state")
		_, err = h.Act(bg, clerk, first.ID, "done", "")
		require.NoError(t, err)

		h.clock.Advance(6 * time.Minute)
		_, err = h.CallNext(bg, clerk, w.ID)
		require.NoError(t, err)
		_, err = h.Act(bg, clerk, second.ID, "skip", "")
		require.NoError(t, err)
		_, err = h.Act(bg, clerk, second.ID, "call_back", w.ID)
		require.NoError(t, err, "who was passed over comes back")
		day, err := h.Today(bg, clerk, "")
		require.NoError(t, err)
		median := int64(7 * 60_000)
		require.Equal(t, window.Figures{Kind: "general", Taken: 2, Served: 1, Wait: &median}, day.Figures[0])
	})
}

// TestTwoWindowsNeverCallTheSameNumber lets eight windows call at the same moment until nobody waits: every number is
// called once, and none is left out.
func TestTwoWindowsNeverCallTheSameNumber(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		var all []window.Window
		for n := range 8 {
			all = append(all, h.window("general", int64(n+1)))
		}
		const people = 40
		var draws sync.WaitGroup
		for range people {
			draws.Go(func() {
				_, _, err := h.Take(bg, clerk, "centre", "general")
				require.NoError(t, err)
			})
		}
		draws.Wait()
		var mu sync.Mutex
		var called []string
		var calls sync.WaitGroup
		for _, w := range all {
			calls.Go(func() {
				for {
					n, err := h.CallNext(bg, clerk, w.ID)
					if fault.Is(err, "window.nobody") {
						return
					}
					if !noError(t, err) {
						return
					}
					mu.Lock()
					called = append(called, n.Label())
					mu.Unlock()
					_, one := h.Act(bg, clerk, n.ID, "serve", "")
					_, two := h.Act(bg, clerk, n.ID, "done", "")
					if !noError(t, errors.Join(one, two)) {
						return
					}
				}
			})
		}
		calls.Wait()
		slices.Sort(called)
		require.Len(t, called, people)
		require.Len(t, slices.Compact(called), people, "each once")
		require.Equal(t, []string{"A001", "A040"}, []string{called[0], called[people-1]}, "and no gap")
	})
}

func noError(t *testing.T, err error) bool {
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// TestNumbersBeginAnewEachDayAndSurviveARestart goes on where another process stopped.
func TestNumbersBeginAnewEachDayAndSurviveARestart(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		h.window("mediation", 3)
		h.take("mediation")
		again := hall{window.NewService(h.Config), h.db, h.clock, t}
		require.Equal(t, "D002", again.take("mediation").Label())
		h.clock.Advance(24 * time.Hour)
		require.Equal(t, "D001", h.take("mediation").Label())
		day, err := h.Today(bg, clerk, "centre")
		require.NoError(t, err)
		require.Len(t, day.Numbers, 1, "yesterday's are not called today")
	})
}

// TestWindowsOfAnotherOfficeAreOutOfReach tries everything from the neighbouring street.
func TestWindowsOfAnotherOfficeAreOutOfReach(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		w := h.window("legal", 2)
		n := h.take("legal")
		_, err := h.CallNext(bg, clerk, w.ID)
		require.NoError(t, err)
		list, err := h.List(bg, stranger)
		require.NoError(t, err)
		require.Empty(t, list)
		_, _, err = h.Take(bg, stranger, "centre", "legal")
		h.refused(err, "not_found")
		_, err = h.Today(bg, stranger, "centre")
		h.refused(err, "not_found")
		_, err = h.CallNext(bg, stranger, w.ID)
		h.refused(err, "not_found")
		_, err = h.Act(bg, stranger, n.ID, "serve", "")
		h.refused(err, "not_found")
		_, err = h.SetOpen(bg, stranger, w.ID, w.Version, false)
		h.refused(err, "not_found")
		_, err = h.Update(bg, stranger, w)
		h.refused(err, "not_found")
		h.refused(h.Delete(bg, stranger, w.ID, w.Version), "not_found")
		_, err = h.Create(bg, stranger, window.Window{Office: "centre", Name: "x", Kind: "legal", Counter: 9})
		h.refused(err, "invalid")
		_, err = h.Create(bg, clerk, window.Window{Office: "centre", Name: "x", Kind: "legal", Counter: 9})
		h.refused(err, "invalid")
	})
}

// TestWindowsAreManaged makes, changes, closes and removes windows.
func TestWindowsAreManaged(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		w := h.window("enforcement", 4)
		_, err := h.Create(bg, manager, window.Window{Office: "centre", Name: " ", Kind: "bank", Counter: 100})
		f, _ := fault.As(err)
		require.Len(t, f.Fields, 3)
		_, err = h.Create(bg, manager, window.Window{Office: "centre", Name: "又一个", Kind: "legal", Counter: 4})
		f, _ = fault.As(err)
		require.Equal(t, "window.counter_taken", f.Fields[0].Code)
		w.Name = "执法窗口"
		changed, err := h.Update(bg, manager, w)
		require.NoError(t, err)
		_, err = h.Update(bg, manager, w)
		h.refused(err, "window.stale")
		n := h.take("enforcement")
		_, err = h.CallNext(bg, clerk, w.ID)
		require.NoError(t, err)
		h.refused(h.Delete(bg, manager, w.ID, changed.Version), "window.busy")
		closed, err := h.SetOpen(bg, clerk, w.ID, changed.Version, false)
		require.NoError(t, err)
		_, err = h.CallNext(bg, clerk, w.ID)
		h.refused(err, "window.closed")
		_, err = h.Act(bg, clerk, n.ID, "skip", "")
		require.NoError(t, err, "who was called is served or passed over all the same")
		require.NoError(t, h.Delete(bg, manager, w.ID, closed.Version))
	})
}

// TestNobodyIsCalledToAnotherOffice gives somebody two offices: a number stays with its own.
func TestNobodyIsCalledToAnotherOffice(t *testing.T) {
	each(t, func(t *testing.T, h hall) {
		both := post("both", "city", perm.WindowServe, perm.WindowManage)
		here, err := h.Create(bg, both, window.Window{Office: "centre", Name: "一号窗", Kind: "general", Counter: 1, Open: true})
		require.NoError(t, err)
		there, err := h.Create(bg, both, window.Window{Office: "other", Name: "一号窗", Kind: "general", Counter: 1, Open: true})
		require.NoError(t, err)
		n, _, err := h.Take(bg, both, "centre", "general")
		require.NoError(t, err)
		_, err = h.CallNext(bg, both, here.ID)
		require.NoError(t, err)
		_, err = h.Act(bg, both, n.ID, "skip", "")
		require.NoError(t, err)
		_, err = h.Act(bg, both, n.ID, "call_back", there.ID)
		require.True(t, fault.Is(err, "not_found"), "%v", err)
		_, err = h.Act(bg, both, n.ID, "call_back", here.ID)
		require.NoError(t, err)
	})
}
