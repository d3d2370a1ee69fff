package people_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

var machine = authz.System("test")

func TestStaleUnitShowsTheCurrentOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		u := f.Unit("望江工作站", people.Station, "A1")
		mine, theirs := u, u
		theirs.Name = "望江巡区工作站"
		theirs, err := f.UpdateUnit(bg, machine, theirs)
		require.NoError(t, err)
		assert.EqualValues(t, 2, theirs.Version)
		mine.Address = "一环路 1 号"
		_, err = f.UpdateUnit(bg, machine, mine)
		requireCode(t, "stale", err)
		x, _ := fault.As(err)
		assert.Equal(t, theirs, x.Current)
	})
}

func TestEverythingWrongWithAUnitComesAtOnce(t *testing.T) {
	f := peopletest.New(t, dbtest.Lite(t))
	f.Unit("一", people.Team, "")
	_, err := f.CreateUnit(bg, machine, people.Unit{Code: "空 格", Name: strings.Repeat("长", 81), Kind: "club", Speciality: "Police!",
		ParentID: "nowhere", AreaID: "A9", Phone: "call me", Address: "a\x00b"})
	assert.Equal(t, map[string]string{"code": "unit.code_form", "name": "field.too_long", "kind": "field.choice", "speciality": "unit.speciality_form",
		"parent": "field.not_found", "area": "field.not_found", "phone": "field.phone", "address": "field.control"}, fieldCodes(t, err))
	_, err = f.CreateUnit(bg, machine, people.Unit{Code: "X1", Name: "甲", Kind: people.Team})
	require.NoError(t, err)
	_, err = f.CreateUnit(bg, machine, people.Unit{Code: "X1", Name: "乙", Kind: people.Team})
	assert.Equal(t, map[string]string{"code": "unit.code_taken"}, fieldCodes(t, err))
}

func TestUnitsCannotBelongToThemselves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		top := f.Unit("局", people.Department, "")
		low, err := f.CreateUnit(bg, machine, people.Unit{Name: "科", Kind: people.Department, ParentID: top.ID})
		require.NoError(t, err)
		for _, parent := range []string{low.ID, top.ID} {
			top.ParentID = parent
			_, err = f.UpdateUnit(bg, machine, top)
			assert.Equal(t, "unit.parent_loop", fieldCodes(t, err)["parent"])
		}
		_, err = f.CloseUnit(bg, machine, top.ID, top.Version)
		requireCode(t, "unit.has_units", err)
	})
}

func TestAUnitWithPeopleStaysOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		u := f.Unit("望江工作站", people.Station, "A1")
		a := f.Account("station", "station", people.AddOptions{UnitID: u.ID})
		f.Account("station2", "station", people.AddOptions{UnitID: u.ID})
		_, err := f.CloseUnit(bg, machine, u.ID, u.Version)
		requireCode(t, "unit.has_posts", err)
		x, _ := fault.As(err)
		assert.EqualValues(t, 2, x.Params["count"])
		_, err = f.EndPost(bg, machine, a.ID, a.Posts[0].ID)
		require.NoError(t, err)
		b, _, err := f.Accounts(bg, machine, people.AccountQuery{Text: "station2"})
		require.NoError(t, err)
		_, err = f.DisableAccount(bg, machine, b[0].ID)
		require.NoError(t, err)
		u, err = f.CloseUnit(bg, machine, u.ID, u.Version)
		require.NoError(t, err)
		assert.False(t, u.Open)
		assert.Equal(t, "望江工作站", f.Directory().UnitName(u.ID), "its name stays known")
		assert.Empty(t, f.Directory().UnitsByAreaKind("A1", people.Station))
		u, err = f.ReopenUnit(bg, machine, u.ID, u.Version)
		require.NoError(t, err)
		assert.True(t, u.Open)
	})
}

func TestUnitListIsStableUnderInserts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		for i := range 5 {
			_, err := f.CreateUnit(bg, machine, people.Unit{Code: fmt.Sprintf("S%d0", i), Name: "同名站", Kind: people.Station, AreaID: "A1"})
			require.NoError(t, err)
		}
		for n, sort := range []string{"code", "-code", "name", "kind"} {
			var codes []string
			query := people.UnitQuery{Text: "同名", Sort: sort, Limit: 2}
			for page := 0; ; page++ {
				list, next, err := f.Units(bg, machine, query)
				require.NoError(t, err)
				for _, u := range list {
					codes = append(codes, u.Code)
				}
				if page == 0 {
					_, err = f.CreateUnit(bg, machine, people.Unit{Code: fmt.Sprintf("A%d", n), Name: "别处", Kind: people.Team})
					require.NoError(t, err)
				}
				if next == "" {
					break
				}
				query.Cursor = next
			}
			assert.ElementsMatch(t, []string{"S00", "S10", "S20", "S30", "S40"}, codes, sort)
		}
		no := false
		list, _, err := f.Units(bg, machine, people.UnitQuery{Open: &no})
		require.NoError(t, err)
		assert.Empty(t, list)
		list, _, err = f.Units(bg, machine, people.UnitQuery{Kind: people.Station, AreaID: "A1", Text: "s3"})
		require.NoError(t, err)
		assert.Len(t, list, 1)
	})
}

func TestDirectoryKnowsWhoIsWhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		dir := f.Directory()
		assert.Empty(t, dir.UnitName("nowhere"))
		u := f.Unit("望江工作站", people.Station, "A1")
		micro := f.Account("micro", "microgrid_worker", people.AddOptions{AreaID: "A1", Name: "钱微"})
		worker := f.Account("worker", "grid_worker", people.AddOptions{AreaID: "A1", UnitID: u.ID, Name: "赵工"})
		f.Account("elsewhere", "grid_worker", people.AddOptions{AreaID: "A2"})
		f.Account("head", "grid_head", people.AddOptions{AreaID: "A1"})

		assert.Equal(t, "望江工作站", dir.UnitName(u.ID))
		assert.Equal(t, []people.Unit{u}, dir.UnitsByAreaKind("A1", people.Station))
		assert.Empty(t, dir.UnitsByAreaKind("A1", people.Department))
		assert.Equal(t, []people.Person{{ID: worker.ID, Name: "赵工", Kind: people.PersonAccount}}, dir.PeopleOfUnit(u.ID))
		workers := dir.Workers("A1")
		require.Len(t, workers, 2)
		assert.Equal(t, []string{worker.ID, micro.ID}, []string{workers[0].ID, workers[1].ID})
		first, ok := dir.WorkerOfArea("A1")
		assert.True(t, ok)
		assert.Equal(t, worker.ID, first.ID)

		_, err := f.DisableAccount(bg, machine, worker.ID)
		require.NoError(t, err)
		assert.Empty(t, dir.PeopleOfUnit(u.ID))
		assert.Equal(t, "赵工", dir.PersonName(worker.ID), "what they did keeps their name")

		posts, err := f.PostsByArea(bg, []string{"A1", "A2", "A3"}, f.Clock.Now())
		require.NoError(t, err)
		var roles []string
		for _, p := range posts {
			roles = append(roles, p.AreaID+" "+p.Role)
		}
		assert.Equal(t, []string{"A1 grid_head", "A1 microgrid_worker", "A2 grid_worker"}, roles)
	})
}
