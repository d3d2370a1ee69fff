package app

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/people"
)

// administrator makes somebody who administers the system.
func administrator(t *testing.T, a *App) authz.Actor {
	t.Helper()
	ctx := context.Background()
	made, _, err := a.People.CreateAccount(ctx, authz.System("test"), people.NewAccount{Login: "keeper", Name: "周管理", Kind: people.PersonAccount,
		Password: "Kessel-42-Otter", Final: true, Posts: []people.Post{{Role: "system_admin"}}})
	require.NoError(t, err)
	actor, ok, err := a.People.ActorOf(ctx, made.ID)
	require.NoError(t, err)
	require.True(t, ok)
	return actor
}

// bring brings rows of texts in as an administrator and returns what became of them. The first row is the header.
func bring(t *testing.T, a *App, actor authz.Actor, list string, rows ...[]string) (checked, done bulk.Job) {
	t.Helper()
	ctx := context.Background()
	checked = check(t, a, actor, list, rows...)
	_, err := a.Bulk.Start(ctx, actor, checked.ID, true)
	require.True(t, fault.Is(err, "import.one_by_one"))
	if checked.Counts.Made+checked.Counts.Changed == 0 {
		return checked, checked
	}
	_, err = a.Bulk.Start(ctx, actor, checked.ID, false)
	require.NoError(t, err)
	_, err = a.Bulk.Work(ctx)
	require.NoError(t, err)
	done, err = a.Bulk.Job(ctx, actor, checked.ID)
	require.NoError(t, err)
	require.Equal(t, bulk.Done, done.State)
	return checked, done
}

// check looks at every row of a table.
func check(t *testing.T, a *App, actor authz.Actor, list string, rows ...[]string) bulk.Job {
	t.Helper()
	columns := make([]sheet.Column, len(rows[0]))
	for i, head := range rows[0] {
		columns[i] = sheet.Column{Head: head}
	}
	w, err := sheet.NewWriter(columns, sheet.Style{})
	require.NoError(t, err)
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell
		}
		require.NoError(t, w.Row(cells...))
	}
	var file bytes.Buffer
	require.NoError(t, w.Finish(&file))
	checked, err := a.Bulk.Check(context.Background(), actor, list, "zh-CN", &file)
	require.NoError(t, err)
	return checked
}

func TestNamesOfAreasAreBroughtIn(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		admin := administrator(t, a)
		rows := [][]string{
			{"层级", "编号", "名称", "类型", "上级"},
			{"街道", "510100001", "春晖街道", "", ""},
			{"社区", "510100001001", "东一社区", "", "春晖街道"},
			{"网格", "510100001001-1", "第一网格", "", "510100001001"},
			{"网格", "510100001001-2", "第一网格", "", "没有这里"},
			{"村子", "1", "一村", "", ""},
			{"网格", "510100001001-3", "第三网格", "没有这类", "东一社区"},
		}
		checked, done := bring(t, a, admin, "areas", rows...)
		require.Equal(t, bulk.Counts{Made: 3, Refused: 3}, checked.Counts)
		require.Equal(t, checked.Counts, done.Counts)
		cell, ok := a.Grid.Tree().AreaByCode(grid.Grid, "510100001001-1")
		require.True(t, ok)
		require.Equal(t, "春晖街道/东一社区/第一网格", grid.PathName(a.Grid.Tree().Path(cell.ID)))

		rows[2][2] = "东一新村社区"
		checked, _ = bring(t, a, admin, "areas", rows[:4]...)
		require.Equal(t, bulk.Counts{Changed: 1, Same: 2}, checked.Counts)
		checked, _ = bring(t, a, admin, "areas", rows[:4]...)
		require.Equal(t, bulk.Counts{Same: 3}, checked.Counts, "the same file again changes nothing")
	})
}

func TestCategoriesAreBroughtIn(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		admin := administrator(t, a)
		rows := [][]string{
			{"编号", "名称", "事件性质", "等级", "可以公开", "提示词", "启用"},
			{"environment.bench", "座椅损坏", "诉求", "轻微", "是", "座椅  长椅", ""},
			{"environment.light", "路灯不亮", "", "", "", "", ""},
			{"environment.wrong", "错的", "没有", "", "", "", ""},
			{"environment.wrong", "错的", "", "", "也许", "", ""},
			{"nothing.below", "没有上级", "", "", "", "", ""},
		}
		checked, done := bring(t, a, admin, "categories", rows...)
		require.Equal(t, 2, checked.Counts.Refused)
		require.Equal(t, 3, done.Counts.Refused, "what the service refuses is wrong too")
		k, ok := a.Incident.Categories().Get("environment.bench")
		require.True(t, ok)
		require.Equal(t, "environment", k.Parent)
		require.Equal(t, "座椅 长椅", k.Words)
		require.True(t, k.Public && k.Active)
		require.Equal(t, "minor", k.Severity)
		checked, _ = bring(t, a, admin, "categories", rows[:3]...)
		require.Zero(t, checked.Counts.Made+checked.Counts.Changed)
	})
}

// TestAnImportEndsWithTheRightToIt holds that what was started goes on only while the person may still do it.
func TestAnImportEndsWithTheRightToIt(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		admin := administrator(t, a)
		job := check(t, a, admin, "areas", []string{"层级", "编号", "名称", "类型", "上级"}, []string{"街道", "1", "春晖街道", "", ""})
		_, err := a.Bulk.Start(ctx, admin, job.ID, false)
		require.NoError(t, err)
		_, err = a.People.DisableAccount(ctx, authz.System("test"), admin.AccountID)
		require.NoError(t, err)
		_, err = a.Bulk.Work(ctx)
		require.NoError(t, err)
		job, err = a.Bulk.Job(ctx, admin, job.ID)
		require.NoError(t, err)
		require.Equal(t, bulk.Failed, job.State)
		require.Equal(t, "forbidden", job.Fault)
		_, made := a.Grid.Tree().AreaByCode(grid.Street, "1")
		require.False(t, made)
	})
}
