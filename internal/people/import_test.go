package people_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

// finder finds the two areas of a fixture.
type finder struct{ areas peopletest.Areas }

func (f finder) Find(text string) (ids []string) {
	for id, name := range f.areas {
		if text == id || text == name {
			ids = append(ids, id)
		}
	}
	return ids
}

func (f finder) Path(id string) string { return f.areas[id] }

// newDesk returns a desk over a fixture, and somebody who may manage accounts.
func newDesk(t testing.TB, d *db.DB, f *peopletest.Fixture) (*bulk.Desk, authz.Actor) {
	catalog, err := words.Load(os.DirFS("../../web/src/i18n"))
	require.NoError(t, err)
	desk := bulk.New(bulk.Deps{DB: d, Clock: f.Clock, Seal: f.Seal, Audit: audit.New(d, f.Clock, nil), Words: catalog, Actor: f.ActorOf})
	for _, k := range people.Imports(f.Service, finder{f.Areas}, catalog) {
		desk.Add(k)
	}
	f.Account("security", "security_admin", people.AddOptions{})
	return desk, f.Actor("security")
}

func table(t testing.TB, rows [][]any, edit func(*excelize.File)) *bytes.Buffer {
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r))
	}
	if edit != nil {
		edit(f)
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return &out
}

func results(t testing.TB, desk *bulk.Desk, j bulk.Job) map[int]bulk.LineView {
	lines, _, err := desk.Lines(context.Background(), j, "", 0, 1000)
	require.NoError(t, err)
	out := map[int]bulk.LineView{}
	for _, l := range lines {
		out[l.No] = l
	}
	return out
}

var staff = [][]any{
	{"姓名", "手机号", "登录名", "角色", "单位", "区域", "开始日期", "结束日期"},
	{"张三", "１３８００１３８０００", "zhangsan", "专职网格员", "", "望江社区", "2026-03-02", ""},
	{},
	{"张三", 13800138000, "zhangsan", "mediator", "第一站", "", 46083, "2026年12月31日"},
	{"李四", "13900139000", "", "duty", "", "A2", "", ""},
	{"王五", "1390013", "wangwu", "duty", "", "A2", "", ""},
	{"赵六", "13900139001", "zhaoliu", "大王", "", "A2", "", ""},
	{"钱七", "13900139002", "qianqi", "duty", "", "没有这里", "", ""},
	{"孙八", "13900139003", "sunba", "duty", "", "A1", "昨天", ""},
	{"周九", "13900139004", "zhoujiu", "station", "", "", "", ""},
	{"张四", "13800138000", "zhangsan", "duty", "", "A1", "", ""},
}

func TestAnImportSaysOfEveryRowWhatBecomesOfItAndWritesNothingBeforeItIsAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		f.Unit("第一站", people.Station, "A1")
		desk, actor := newDesk(t, d, f)
		j, err := desk.Check(ctx, actor, "accounts", "zh-CN", table(t, staff, func(x *excelize.File) { require.NoError(t, x.MergeCell("Sheet1", "C2", "C2")) }))
		require.NoError(t, err)
		require.Equal(t, bulk.Counts{Made: 2, Changed: 1, Refused: 6}, j.Counts)
		lines := results(t, desk, j)
		for no, code := range map[int]string{6: "field.phone", 7: "import.role_unknown", 8: "import.area_unknown", 9: "import.date", 10: "field.required", 11: "import.name_differs"} {
			assert.Equal(t, code, lines[no].Code, "row %d", no)
		}
		assert.Equal(t, "F8", lines[8].Cell)
		list, _, err := f.Accounts(ctx, actor, people.AccountQuery{Text: "张三"})
		require.NoError(t, err)
		require.Empty(t, list, "nothing is written by looking")

		_, err = desk.Start(ctx, actor, j.ID, true)
		require.True(t, fault.Is(err, "import.rows_wrong"))
		_, err = desk.Start(ctx, actor, j.ID, false)
		require.NoError(t, err)
		n, err := desk.Work(ctx)
		require.NoError(t, err)
		require.Equal(t, 1, n)
		j, err = desk.Job(ctx, actor, j.ID)
		require.NoError(t, err)
		require.Equal(t, bulk.Done, j.State)
		require.Equal(t, 9, j.Done)
		require.Equal(t, bulk.Counts{Made: 2, Changed: 1, Refused: 6}, j.Counts)

		list, _, err = f.Accounts(ctx, actor, people.AccountQuery{Text: "zhangsan"})
		require.NoError(t, err)
		require.Len(t, list[0].Posts, 2)
		to := time.UnixMilli(list[0].Posts[1].To)
		require.Equal(t, time.Date(2027, 1, 1, 0, 0, 0, 0, time.Local), to.Local(), "the last day counts in full")

		again, err := desk.Check(ctx, actor, "accounts", "zh-CN", table(t, staff, nil))
		require.NoError(t, err)
		require.Equal(t, bulk.Counts{Same: 3, Refused: 6}, again.Counts, "the same file again changes nothing")
		_, err = desk.Start(ctx, actor, again.ID, false)
		require.True(t, fault.Is(err, "import.nothing_to_do"))
	})
}

func TestFirstPasswordsStandInTheFirstReportOnlyAndLetIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		desk, actor := newDesk(t, d, f)
		j, err := desk.Check(ctx, actor, "accounts", "zh-CN", table(t, [][]any{staff[0], {"李四", "13900139000", "lisi", "值班员", "", "A2"}}, nil))
		require.NoError(t, err)
		_, err = desk.Start(ctx, actor, j.ID, true)
		require.NoError(t, err)
		_, err = desk.Work(ctx)
		require.NoError(t, err)
		j, err = desk.Job(ctx, actor, j.ID)
		require.NoError(t, err)

		report, err := desk.Report(ctx, actor, j, "zh-CN")
		require.NoError(t, err)
		x, err := excelize.OpenReader(report)
		require.NoError(t, err)
		defer x.Close()
		rows, err := x.GetRows("导入结果")
		require.NoError(t, err)
		require.Equal(t, "初始密码", rows[0][len(rows[0])-1])
		password := rows[1][len(rows[1])-1]
		_, account, err := f.SignIn(ctx, "test", "lisi", password)
		require.NoError(t, err)
		require.True(t, account.Account.MustChange)

		j, err = desk.Job(ctx, actor, j.ID)
		require.NoError(t, err)
		require.True(t, j.Reported)
		report, err = desk.Report(ctx, actor, j, "en")
		require.NoError(t, err)
		require.NotContains(t, report.String(), password)
		x2, err := excelize.OpenReader(report)
		require.NoError(t, err)
		defer x2.Close()
		rows, err = x2.GetRows("Result")
		require.NoError(t, err)
		require.NotContains(t, rows[0], "First password")
	})
}

func TestNobodySeesOrStartsTheImportOfAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		desk, actor := newDesk(t, d, f)
		j, err := desk.Check(ctx, actor, "accounts", "zh-CN", table(t, staff[:2], nil))
		require.NoError(t, err)
		f.Account("second", "security_admin", people.AddOptions{})
		_, err = desk.Job(ctx, f.Actor("second"), j.ID)
		require.True(t, fault.Is(err, "not_found"))
		f.Account("duty", "duty", people.AddOptions{})
		_, err = desk.Check(ctx, f.Actor("duty"), "accounts", "zh-CN", table(t, staff[:2], nil))
		require.True(t, fault.Is(err, "forbidden"))
		_, err = desk.Check(ctx, actor, "units", "zh-CN", table(t, staff[:2], nil))
		require.True(t, fault.Is(err, "forbidden"), "units belong to another administration")
	})
}

func TestUnitsAreBroughtInWithTheOnesAboveThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		f := peopletest.New(t, d)
		desk, _ := newDesk(t, d, f)
		f.Account("system", "system_admin", people.AddOptions{})
		actor := f.Actor("system")
		rows := [][]any{
			{"编号", "名称", "类型", "专业", "上级单位", "负责区域", "办公电话"},
			{"c-1", "治理中心", "中心", "", "", "", "028-1"},
			{"s-1", "第一站", "工作站", "", "治理中心", "望江社区", "０２８－２"},
			{"", "", "工作站"},
			{"x 1", "坏编号", "工作站"},
			{"s-2", "第二站", "航空站"},
			{"s-1", "第一站", "工作站"},
		}
		j, err := desk.Check(ctx, actor, "units", "zh-CN", table(t, rows, nil))
		require.NoError(t, err)
		require.Equal(t, bulk.Counts{Made: 2, Refused: 4}, j.Counts)
		_, err = desk.Start(ctx, actor, j.ID, false)
		require.NoError(t, err)
		_, err = desk.Work(ctx)
		require.NoError(t, err)
		units, _, err := f.Units(ctx, actor, people.UnitQuery{Text: "s-1"})
		require.NoError(t, err)
		require.Len(t, units, 1)
		require.Equal(t, "A1", units[0].AreaID)
		require.Equal(t, "028-2", units[0].Phone)
		require.NotEmpty(t, units[0].ParentID)

		rows = rows[:3]
		rows[1][1] = "社会治理中心"
		rows[2][4] = ""
		j, err = desk.Check(ctx, actor, "units", "zh-CN", table(t, rows, nil))
		require.NoError(t, err)
		require.Equal(t, bulk.Counts{Changed: 1, Same: 1}, j.Counts, "an empty cell keeps what is there")
	})
}

// TestManyAccounts brings in more rows than may be written as a whole: looking at them and writing them chunk by chunk,
// each with a first password that lets its person in. The sheet's own test and a journey read as many as a file may
// have.
func TestManyAccounts(t *testing.T) {
	const many = 8_000
	ctx := context.Background()
	d := dbtest.Lite(t)
	f := peopletest.New(t, d)
	desk, actor := newDesk(t, d, f)
	columns := []sheet.Column{{Key: "name", Head: "姓名"}, {Key: "phone", Head: "手机号"}, {Key: "role", Head: "角色"}, {Key: "area", Head: "区域"}}
	w, err := sheet.NewWriter(columns, sheet.Style{})
	require.NoError(t, err)
	for i := range many {
		require.NoError(t, w.Row(fmt.Sprintf("人员%d", i), fmt.Sprint(13_000_000_000+i), "专职网格员", "A1"))
	}
	var file bytes.Buffer
	require.NoError(t, w.Finish(&file))
	j, err := desk.Check(ctx, actor, "accounts", "zh-CN", &file)
	require.NoError(t, err)
	require.Equal(t, many, j.Counts.Made)
	_, err = desk.Start(ctx, actor, j.ID, true)
	require.True(t, fault.Is(err, "import.too_many_for_whole"))
	_, err = desk.Start(ctx, actor, j.ID, false)
	require.NoError(t, err)
	_, err = desk.Work(ctx)
	require.NoError(t, err)
	j, err = desk.Job(ctx, actor, j.ID)
	require.NoError(t, err)
	require.Equal(t, bulk.Done, j.State)
	require.Equal(t, many, j.Counts.Made)
	report, err := desk.Report(ctx, actor, j, "zh-CN")
	require.NoError(t, err)
	back, err := sheet.Read(report, []sheet.Column{{Key: "login", Head: "手机号", Kind: sheet.Code}, {Key: "secret", Head: "初始密码", Required: true}}, "")
	require.NoError(t, err)
	require.Len(t, back.Rows, many)
	last := back.Rows[many-1]
	_, _, err = f.SignIn(ctx, "test", back.Get(last, "login"), back.Get(last, "secret"))
	require.NoError(t, err)
}
