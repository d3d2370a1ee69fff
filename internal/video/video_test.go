package video_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
	"gezhi/internal/video"
)

func TestACameraFindsItsAreaAndKeepsItsStreamsInOrder(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.made(w.camera("A 1", 0))
		require.Equal(t, "A1", c.Number)
		require.Equal(t, w.Microgrids[0], c.Area)
		read, err := w.Get(bg, admin, c.ID)
		require.NoError(t, err)
		require.Equal(t, c, read)
		require.Equal(t, []string{"1", "2"}, []string{read.Streams[0].Number, read.Streams[1].Number})
		require.Equal(t, 1, read.Working())

		read.Point, read.State, read.Streams = w.Outside(), video.Broken, read.Streams[:1]
		moved, err := w.Update(bg, admin, read)
		require.NoError(t, err)
		require.Empty(t, moved.Area)
		require.Zero(t, moved.Working(), "nothing works while the site is broken")
		read, err = w.Get(bg, admin, c.ID)
		require.NoError(t, err)
		require.Equal(t, moved, read)

		require.NoError(t, w.Delete(bg, admin, c.ID, read.Version))
		_, err = w.Get(bg, admin, c.ID)
		refused(t, err, "not_found")
		for _, action := range []string{"camera.create", "camera.update", "camera.delete"} {
			require.Equal(t, 1, w.done(action), action)
		}
	})
}

func TestWhatIsWrongWithACameraIsSaidAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.made(w.camera("A1", 0))
		_, err := w.Create(bg, admin, video.Camera{Number: " ", Name: strings.Repeat("长", 81), Kind: "spy", State: "", Owner: "old", Point: geo.Point{Lon: 30, Lat: 104},
			Streams: []video.Stream{{Number: "1", State: "on", Address: "http://video.example"}, {Number: "1", State: video.Working, Address: "https://a:b@video.example"},
				{State: video.Working, Address: "https://video.example/#/play?Token=1"}, {Number: "4", State: video.Off, Address: "https://*.example/"}}})
		require.Equal(t, map[string]string{"number": "field.required", "name": "field.too_long", "kind": "field.choice", "state": "field.choice", "owner": "unit.unknown",
			"lon": "position.swapped", "streams[0].state": "field.choice", "streams[0].address": "field.https", "streams[1].number": "field.duplicate",
			"streams[1].address": "camera.credentials", "streams[2].number": "field.required", "streams[2].address": "camera.credentials",
			"streams[3].address": "field.https"}, faults(t, err))
		_, err = w.Create(bg, admin, video.Camera{Number: "A2", Name: "无处", Kind: "social", State: video.Working})
		require.Equal(t, map[string]string{"lon": "field.required"}, faults(t, err))
		_, err = w.Create(bg, admin, w.camera("A1", 5))
		require.Equal(t, map[string]string{"number": "camera.number_taken"}, faults(t, err))
		require.Equal(t, []string{"A1"}, w.numbers(admin, video.Filter{}))
	})
}

func TestOnlyOneOfTwoPeopleChangesAVersion(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.made(w.camera("A1", 0))
		var all sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			all.Add(1)
			go func() {
				defer all.Done()
				mine := c
				mine.Name, mine.Streams = "甲", []video.Stream{{Number: "9", State: video.Working}}
				_, results[i] = w.Update(bg, admin, mine)
			}()
		}
		all.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
				continue
			}
			refused(t, err, "camera.stale")
			f, _ := fault.As(err)
			now, ok := f.Current.(video.View)
			require.True(t, ok)
			require.Equal(t, "甲", now.Name)
		}
		require.Equal(t, 1, won)
		require.Equal(t, 1, w.done("camera.update"))
		refused(t, w.Delete(bg, admin, c.ID, c.Version), "camera.stale")
		read, err := w.Get(bg, admin, c.ID)
		require.NoError(t, err)
		require.Len(t, read.Streams, 1)
	})
}

func TestEverybodySeesTheCamerasOfTheirAreasAndUnits(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.made(w.camera("A1", 0))
		far := w.camera("B1", 23)
		far.Owner, far.Kind = "", "lookout"
		b := w.made(far)
		nowhere := w.camera("C1", 0)
		nowhere.Point, nowhere.Owner = w.Outside(), "station-2"
		w.made(nowhere)

		for name, one := range map[string]struct {
			actor authz.Actor
			sees  []string
		}{
			"the city":       {over(w.City, perm.VideoRead), []string{"A1", "B1"}},
			"first quarter":  {over(w.Communities[0], perm.VideoRead), []string{"A1"}},
			"last micro":     {over(w.Microgrids[23], perm.VideoRead), []string{"B1"}},
			"first station":  {staff("station-1"), []string{"A1"}},
			"second station": {staff("station-2"), []string{"C1"}},
			"no right":       {over(w.City, perm.IncidentRead), []string{}},
			"administrator":  {admin, []string{"A1", "B1", "C1"}},
		} {
			require.Equal(t, one.sees, w.numbers(one.actor, video.Filter{}), name)
			marks, err := w.Marks(bg, one.actor, "", 100)
			require.NoError(t, err)
			if name != "administrator" {
				require.Len(t, marks, len(one.sees), name)
			}
		}
		_, err := w.Get(bg, staff("station-1"), b.ID)
		refused(t, err, "not_found")
		_, err = w.Get(bg, admin, "?")
		refused(t, err, "not_found")

		local := over(w.Communities[0], perm.VideoManage)
		_, err = w.Update(bg, local, b)
		refused(t, err, "not_found")
		refused(t, w.Delete(bg, local, b.ID, 1), "not_found")
		_, err = w.Create(bg, local, w.camera("D1", 23))
		require.Equal(t, map[string]string{"lon": "position.outside_scope"}, faults(t, err))
		_, err = w.Create(bg, local, w.camera("D1", 1))
		require.NoError(t, err)
	})
}

func TestAListIsNarrowedAndContinued(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for n, number := range []string{"A1", "A2", "A_3", "B1"} {
			c := w.camera(number, n*6)
			if number == "A2" {
				c.Kind, c.State = "checkpoint", video.Broken
			}
			w.made(c)
		}
		require.Equal(t, []string{"A_3"}, w.numbers(admin, video.Filter{Text: "a_"}), "a sign of patterns is a sign")
		require.Equal(t, []string{"A2"}, w.numbers(admin, video.Filter{Kind: "checkpoint", State: video.Broken}))
		require.Equal(t, []string{"A1", "A2"}, w.numbers(admin, video.Filter{Area: w.Communities[0]}))
		require.Equal(t, []string{}, w.numbers(admin, video.Filter{Owner: "station-2"}))
		first, next, err := w.List(bg, admin, video.Filter{Limit: 3})
		require.NoError(t, err)
		require.Len(t, first, 3)
		rest, end, err := w.List(bg, admin, video.Filter{Limit: 3, Cursor: next})
		require.NoError(t, err)
		require.Empty(t, end)
		require.Len(t, rest, 1)
		require.Len(t, rest[0].Streams, 2)
		_, _, err = w.List(bg, admin, video.Filter{Cursor: "?"})
		refused(t, err, "request.cursor")

		marks, err := w.Marks(bg, over(w.City, perm.VideoRead), w.Communities[0], 100)
		require.NoError(t, err)
		require.Len(t, marks, 2)
		require.Equal(t, [4]int64{2, 1, 2, 0}, [4]int64{marks[0].Streams, marks[0].Working, marks[1].Streams, marks[1].Working})
	})
}

func TestCamerasFollowTheAreasWhenTheseAreRedrawn(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.made(w.camera("A1", 0))
		require.NoError(t, w.grid.CloseArea(bg, authz.System("test"), w.Microgrids[0], nil))
		_, ok := w.grid.Tree().Area(w.Microgrids[0])
		require.False(t, ok)
		require.NoError(t, w.FollowRedraw(bg))
		read, err := w.Get(bg, admin, c.ID)
		require.NoError(t, err)
		require.Equal(t, w.Grids[0], read.Area)
		require.Equal(t, c.Version, read.Version, "nobody who has it open is refused for that")
		require.Empty(t, w.numbers(admin, video.Filter{Area: w.Microgrids[0]}))
		require.Equal(t, []string{"A1"}, w.numbers(over(w.Grids[0], perm.VideoRead), video.Filter{}))
	})
}
