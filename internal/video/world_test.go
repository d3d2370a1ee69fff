package video_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
	"gezhi/internal/video"
)

var bg = context.Background()

// units are the two stations of the street, and one that is closed.
type units struct{}

var unitNames = map[string]string{"station-1": "一站", "station-2": "二站", "old": "老站"}

func (units) UnitName(id string) string { return unitNames[id] }
func (units) Open(id string) bool       { return unitNames[id] != "" && id != "old" }
func (units) Find(text string) (ids []string) {
	for id, name := range unitNames {
		if text == name || text == id {
			ids = append(ids, id)
		}
	}
	return ids
}

// world is a street with a register of cameras and a desk for its tables.
type world struct {
	*video.Service
	gridtest.Street
	t     *testing.T
	db    *db.DB
	grid  *grid.Service
	desk  *bulk.Desk
	audit *audit.Log
}

var admin = authz.Actor{AccountID: "admin", Name: "管理员", Posts: []authz.Post{{Reach: authz.ReachNone, Permissions: map[authz.Permission]bool{perm.VideoManage: true}}}}

// over is somebody who may do things over an area.
func over(area string, may ...authz.Permission) authz.Actor {
	p := authz.Post{AreaID: area, Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{}}
	for _, m := range may {
		p.Permissions[m] = true
	}
	return authz.Actor{AccountID: "over " + area, Posts: []authz.Post{p}}
}

// staff watches the cameras of a unit.
func staff(unit string) authz.Actor {
	return authz.Actor{AccountID: "staff", Posts: []authz.Post{{UnitID: unit, Reach: authz.ReachUnit, Permissions: map[authz.Permission]bool{perm.VideoRead: true}}}}
}

func each(t *testing.T, fn func(t *testing.T, w world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			for id, name := range unitNames {
				if _, err := tx.ExecContext(ctx, `INSERT INTO units (id, code, name, kind, speciality, section, phone, address, open, version, created_at, updated_at)
					VALUES ($1, $1, $2, 'station', '', '', '', '', TRUE, 1, 0, 0)`, id, name); err != nil {
					return err
				}
			}
			return nil
		}))
		clock := now.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		areas := gridtest.Service(t, d, clock)
		street := gridtest.Build(t, areas)
		catalog, err := words.Load(os.DirFS("../../web/src/i18n"))
		require.NoError(t, err)
		keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "key"), seal.AES)
		require.NoError(t, err)
		s := video.NewService(video.Config{DB: d, Clock: clock, Tree: areas.Tree, Units: units{}})
		trail := audit.New(d, clock, nil)
		desk := bulk.New(bulk.Deps{DB: d, Clock: clock, Seal: keys, Audit: trail, Words: catalog,
			Actor: func(context.Context, string) (authz.Actor, bool, error) { return admin, true, nil }})
		desk.Add(video.Import(s, catalog))
		fn(t, world{s, street, t, d, areas, desk, trail})
	})
}

// camera is a camera with two streams in a micro-grid.
func (w world) camera(number string, microgrid int) video.Camera {
	return video.Camera{Number: number, Name: "东口 " + number, Kind: "security", State: video.Working, Point: w.At(microgrid), Owner: "station-1",
		Streams: []video.Stream{{Number: "2", State: video.Broken}, {Number: "1", Name: "东向", State: video.Working, Address: "https://video.example/play?id=7"}}}
}

func (w world) made(c video.Camera) video.Camera {
	w.t.Helper()
	out, err := w.Create(bg, admin, c)
	require.NoError(w.t, err)
	return out
}

func (w world) numbers(actor authz.Actor, f video.Filter) []string {
	w.t.Helper()
	list, _, err := w.List(bg, actor, f)
	require.NoError(w.t, err)
	out := []string{}
	for _, c := range list {
		out = append(out, c.Number)
	}
	return out
}

func (w world) done(action string) int {
	w.t.Helper()
	list, _, err := w.audit.List(bg, audit.Query{Action: action})
	require.NoError(w.t, err)
	return len(list)
}

// faults are the fields of a refusal with their codes.
func faults(t *testing.T, err error) map[string]string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	out := map[string]string{}
	for _, one := range f.Fields {
		out[one.Field] = one.Code
	}
	return out
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	require.Error(t, err)
	require.True(t, fault.Is(err, code), "%v", err)
}

// check looks at the rows of a table; the first row is the header.
func (w world) check(rows ...[]string) bulk.Job {
	w.t.Helper()
	columns := make([]sheet.Column, len(rows[0]))
	for i, head := range rows[0] {
		columns[i] = sheet.Column{Head: head}
	}
	out, err := sheet.NewWriter(columns, sheet.Style{})
	require.NoError(w.t, err)
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell
		}
		require.NoError(w.t, out.Row(cells...))
	}
	var file bytes.Buffer
	require.NoError(w.t, out.Finish(&file))
	job, err := w.desk.Check(bg, admin, "cameras", "zh-CN", &file)
	require.NoError(w.t, err)
	return job
}

// bring brings a checked table in.
func (w world) bring(job bulk.Job, whole bool) bulk.Job {
	w.t.Helper()
	_, err := w.desk.Start(bg, admin, job.ID, whole)
	require.NoError(w.t, err)
	_, err = w.desk.Work(bg)
	require.NoError(w.t, err)
	job, err = w.desk.Job(bg, admin, job.ID)
	require.NoError(w.t, err)
	return job
}

// wrongs are the refused rows of an import, as cell and code.
func (w world) wrongs(job bulk.Job) []string {
	w.t.Helper()
	lines, _, err := w.desk.Lines(bg, job, bulk.Refused, 0, 200)
	require.NoError(w.t, err)
	var out []string
	for _, l := range lines {
		out = append(out, l.Cell+" "+l.Code)
	}
	return out
}

func degrees(p geo.Point) (lon, lat string) {
	return fmt.Sprintf("%.6f", p.Lon), fmt.Sprintf("%.6f", p.Lat)
}
