package app

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/learn"
)

// unitModel learns from invented reports that who is responsible depends on the matter and on where it is.
func unitModel(t *testing.T, a *App, near, far string) {
	t.Helper()
	var rows []learn.Example
	for i := range 160 {
		text := []string{"灯杆不亮，夜里看不见路", "灯杆歪了要倒", "一到夜里看不见路", "路灯坏了好几天"}[i/40]
		unit, where := near, "东社区，东一网格"
		if i%2 == 1 {
			unit, where = far, "西社区，西一网格"
		}
		rows = append(rows, learn.Example{Texts: []string{"", text + []string{"东门", "老桥", "河堤", "花园", "车站"}[i/2%5], where, "environment.light"}, Label: unit})
	}
	m, err := learn.Train(rows, ownTexts[incident.LearnedUnit], time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.NoError(t, m.Save(filepath.Join(a.Config.Folder, modelNames[incident.LearnedUnit])))
}

func TestTheUnitDependsOnWhereItIs(t *testing.T) {
	a := openApp(t, "")
	r := newWordReader(a.Config.Folder, a.Grid)
	_, ok := r.Unit("", "灯杆不亮", "东社区，东一网格", "")
	require.False(t, ok, "no file, no guess")
	unitModel(t, a, "east", "west")
	r.models[incident.LearnedUnit].look()
	for where, unit := range map[string]string{"东社区，东一网格": "east", "西社区，西一网格": "west"} {
		g, ok := r.Unit("", "老桥灯杆不亮，夜里看不见路", where, "")
		require.True(t, ok)
		require.Equal(t, unit, g.Label)
	}
	require.Equal(t, 160, r.Model(incident.LearnedUnit).Rows)
	require.Nil(t, r.Model(incident.LearnedCategory), "each has its own file")

	ownModel(t, a, time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC))
	swapped := newWordReader(a.Config.Folder, a.Grid)
	swapped.models[incident.LearnedUnit].path = filepath.Join(a.Config.Folder, modelNames[incident.LearnedCategory])
	_, ok = swapped.Unit("", "灯杆不亮", "东社区", "")
	require.False(t, ok, "a model of something else is not taken for one of units")
}

// The mark is the office's own for each model, and who may set it is who makes the rules.
func TestTheMarkForSendingAlone(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o := newOffice(t, a)
		o.setUp()
		unitModel(t, a, "east", "west")
		out := o.send("sys", "GET", "/api/v1/rules/alone", 200, nil)
		require.Equal(t, 0.0, out["above"])
		require.Equal(t, 160.0, out["model"].(m)["rows"])
		o.send("duty1", "GET", "/api/v1/rules/alone", 403, nil)
		o.send("duty1", "PUT", "/api/v1/rules/alone", 403, m{"above": 0.9})
		o.send("sys", "PUT", "/api/v1/rules/alone", 422, m{"above": 0.3})
		o.send("sys", "PUT", "/api/v1/rules/alone", 200, m{"above": 0.9})
		require.Equal(t, 0.9, o.send("sys", "GET", "/api/v1/rules/alone", 200, nil)["above"])
		require.Equal(t, 0.0, o.send("sys", "GET", "/api/v1/categories/alone", 200, nil)["above"])
	})
}
