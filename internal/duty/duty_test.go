package duty_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/duty"
	"gezhi/internal/kit/geo"
)

func names(persons []string, _ bool) []string { return persons }

// TestTheRosterSaysWhoIsOnDuty follows a night over midnight: who is planned is on duty, who goes off is not, and who
// comes unplanned is until they said.
func TestTheRosterSaysWhoIsOnDuty(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, rostered := w.OnDuty("a", w.clock.Now())
		require.False(t, rostered, "a unit without shifts keeps no roster")
		require.True(t, w.IsOnDuty("ann", w.clock.Now()), "and then everybody counts")

		w.shift("白班", 0, 9, "ann", "bob")
		w.shift("夜班", 14, 24, "cho") // 22:00 to 8:00
		other := w.node()
		for _, node := range []*duty.Service{w.Service, other} {
			persons, rostered := node.OnDuty("a", begin.Add(time.Hour))
			require.True(t, rostered)
			require.Equal(t, []string{"ann", "bob"}, persons)
			require.Equal(t, []string{"cho"}, names(node.OnDuty("a", begin.Add(18*time.Hour))), "after midnight")
			require.Empty(t, names(node.OnDuty("a", begin.Add(10*time.Hour))), "between two shifts nobody is")
			require.Empty(t, names(node.OnDuty("a", begin.Add(24*time.Hour))), "the end does not belong to a shift")
			require.False(t, node.IsOnDuty("cho", begin))
			require.True(t, node.IsOnDuty("both", begin), "nobody planned them")
		}
		w.away["bob"] = true
		require.Equal(t, []string{"ann"}, names(w.OnDuty("a", begin)))
		require.False(t, w.IsOnDuty("bob", begin))

		require.NoError(t, w.GoOff(bg, member("ann")))
		require.Empty(t, names(w.OnDuty("a", begin)))
		require.NoError(t, w.GoOn(bg, member("cho"), "", at(3)))
		require.Equal(t, []string{"cho"}, names(w.OnDuty("a", begin)))
		require.Equal(t, []string{"ann"}, names(other.OnDuty("a", begin)), "another node does not know yet")
		require.NoError(t, other.Follow(bg))
		require.Equal(t, []string{"cho"}, names(other.OnDuty("a", begin)))
		w.clock.Advance(3 * time.Hour)
		require.Empty(t, names(w.OnDuty("a", w.clock.Now())), "until then and no longer")

		own := w.Own(member("cho"))
		require.False(t, own.On)
		require.Equal(t, "夜班", own.Next[0].Name)
		w.clock.Advance(8 * 24 * time.Hour)
		require.NoError(t, w.Follow(bg))
		_, rostered = w.OnDuty("a", w.clock.Now())
		require.False(t, rostered, "who planned nothing for a week keeps no roster any more")
	})
}

// TestGoingOnDutyHasBounds refuses foreign units and instants that make no sense.
func TestGoingOnDutyHasBounds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		require.Equal(t, []string{"unit duty.unit_other"}, codes(t, w.GoOn(bg, member("ann"), "b", 0)))
		require.Equal(t, []string{"until duty.until_past"}, codes(t, w.GoOn(bg, member("ann"), "", at(-1))))
		require.Equal(t, []string{"until duty.until_long"}, codes(t, w.GoOn(bg, member("ann"), "", at(17))))
		require.NoError(t, w.GoOn(bg, member("ann"), "", 0))
		require.Equal(t, at(8), w.Own(member("ann")).Mark.Until)
		w.clock.Advance(time.Hour)
		require.NoError(t, w.GoOn(bg, member("ann"), "", at(12)))
		require.Equal(t, at(0), w.Own(member("ann")).Mark.Since, "staying longer is not coming again")
		require.NoError(t, w.GoOff(bg, member("ann")))
		require.NoError(t, w.GoOff(bg, member("ann")), "going twice is no fault")
		require.Nil(t, w.Own(member("ann")).Mark)
	})
}

// TestPositionsAreTakenOnDutyOnly keeps the last one for a quarter of an hour, shows it in scope, and drops it at going.
func TestPositionsAreTakenOnDutyOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		here := duty.Position{Point: geo.Point{Lon: 104.06, Lat: 30.66}, Accuracy: 8}
		put := func(who string) error { _, err := w.SetPosition(bg, member(who), here); return err }
		seenBy := func() (east0, west0 int) {
			e, err := w.Positions(bg, east)
			require.NoError(t, err)
			f, err := w.Positions(bg, west)
			require.NoError(t, err)
			return len(e), len(f)
		}
		refused(t, put("ann"), "duty.position_off_duty")
		w.shift("白班", 0, 9, "ann")
		refused(t, put("ann"), "duty.position_off_duty") // being planned is not yet agreeing
		require.NoError(t, w.GoOn(bg, member("ann"), "", 0))
		require.NoError(t, put("ann"))
		p, when, ok := w.Position("ann")
		require.True(t, ok)
		require.Equal(t, here.Point, p)
		require.Equal(t, at(0), when)
		e, f := seenBy()
		require.Equal(t, []int{1, 0}, []int{e, f}, "the neighbours do not see it")

		other := w.node()
		require.NoError(t, other.Follow(bg))
		_, _, ok = other.Position("ann")
		require.True(t, ok)
		w.clock.Advance(15 * time.Minute)
		_, _, ok = w.Position("ann")
		require.False(t, ok, "dropped after its time")
		require.NoError(t, w.Follow(bg))
		var rows int
		count := func() int {
			require.NoError(t, w.db.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM duty_positions`).Scan(&rows))
			return rows
		}
		require.Zero(t, count(), "from the store too")

		require.NoError(t, put("ann"))
		require.NoError(t, w.GoOff(bg, member("ann")))
		require.Zero(t, count())
		_, _, ok = w.Position("ann")
		require.False(t, ok)
		_, err := other.SetPosition(bg, member("ann"), here)
		refused(t, err, "duty.position_off_duty") // though that node has not heard of it
		require.NoError(t, other.Follow(bg))
		_, _, ok = other.Position("ann")
		require.False(t, ok)
	})
}

// TestLookingAtPositionsIsRecordedOnceInAWhile notes who looked and not how often their screen asked.
func TestLookingAtPositionsIsRecordedOnceInAWhile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		require.NoError(t, w.GoOn(bg, member("ann"), "", 0))
		looks := func() (n int) {
			require.NoError(t, w.db.Read().QueryRowContext(bg, `SELECT COUNT(*) FROM audit_entries WHERE action = 'duty.positions'`).Scan(&n))
			return n
		}
		for range 4 {
			_, err := w.SetPosition(bg, member("ann"), duty.Position{Point: geo.Point{Lon: 104.06, Lat: 30.66}})
			require.NoError(t, err)
			_, err = w.Positions(bg, east)
			require.NoError(t, err)
			w.clock.Advance(10 * time.Minute)
		}
		require.Equal(t, 2, looks())
		require.NoError(t, w.SetKeep(bg, east, 5))
		_, _, ok := w.Position("ann")
		require.False(t, ok, "a shorter time holds at once")
		require.Equal(t, []string{"minutes field.too_large"}, codes(t, w.SetKeep(bg, east, 61)))
	})
}

// TestNobodyIsPlannedTwice lets two planners plan the same person into overlapping shifts at the same moment.
func TestNobodyIsPlannedTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var made, turned int
		var mu sync.Mutex
		var wg sync.WaitGroup
		for n := range 8 {
			by, unit := east, "a"
			if n%2 == 1 {
				by, unit = west, "b"
			}
			wg.Go(func() {
				_, err := w.CreateShift(bg, by, duty.Shift{Unit: unit, Name: "班", From: at(float64(n)), To: at(float64(n) + 8), Members: []string{"both"}})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					made++
				} else if codes(t, err)[0] == "members duty.overlap" {
					turned++
				}
			})
		}
		wg.Wait()
		require.Equal(t, []int{1, 7}, []int{made, turned})
	})
}
