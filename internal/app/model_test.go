package app

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/learn"
)

// ownModel learns from invented reports about lamps and noise, and lies where the program looks for it.
func ownModel(t *testing.T, a *App, made time.Time) {
	t.Helper()
	var rows []learn.Example
	gates := []string{"东门", "西门", "南门口菜市", "老桥边", "第三小学", "河堤步道", "新村花园", "车站后面", "锦云里", "桂花树下"}
	for i := range 120 {
		text, label := []string{"灯杆不亮，夜里看不见路", "灯杆歪了要倒", "一到夜里看不见路"}[i/20%3], "environment.light"
		if i%2 == 1 {
			text, label = []string{"半夜唱歌，吵得睡不着", "音响开到凌晨", "吵得老人睡不着"}[i/20%3], "security.noise"
		}
		rows = append(rows, learn.Example{Texts: []string{"", gates[i%10] + text + gates[i*7/10%10]}, Label: label})
	}
	m, err := learn.Train(rows, ownTexts[incident.LearnedCategory], made)
	require.NoError(t, err)
	require.NoError(t, m.Save(filepath.Join(a.Config.Folder, modelNames[incident.LearnedCategory])))
}

func TestTheModelIsReadAgainWhenItChanges(t *testing.T) {
	a := openApp(t, "")
	r := newWordReader(a.Config.Folder, a.Grid)
	file := r.models[incident.LearnedCategory]
	made := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	guess := func() (string, int64) {
		file.look()
		g, _ := r.Category("", "灯杆不亮，看不见路")
		return g.Label, g.Made
	}
	label, _ := guess()
	require.Empty(t, label, "no file, no guess")

	ownModel(t, a, made)
	label, at := guess()
	require.Equal(t, "environment.light", label)
	require.Equal(t, made.UnixMilli(), at)

	require.NoError(t, os.WriteFile(file.path, []byte("half a model"), 0o600))
	label, _ = guess()
	require.Equal(t, "environment.light", label, "a broken file does not take away what worked")

	ownModel(t, a, made.Add(time.Hour))
	_, at = guess()
	require.Equal(t, made.Add(time.Hour).UnixMilli(), at)

	require.NoError(t, os.Remove(file.path))
	label, _ = guess()
	require.Empty(t, label)
}

// What the desk sees of a resident's words, and what becomes of them when the model may act alone; then the closed
// report teaches.
func TestTheDeskIsToldWhatTheWordsSuggest(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		ownModel(t, a, time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC))
		o := newOffice(t, a)
		o.setUp()
		report := func(text, key string) m {
			postReport(o.h, fmt.Sprintf(`{"text":%q}`, text), key)
			for _, row := range o.send("duty1", "GET", "/api/v1/incidents?queue=todo", 200, nil)["items"].([]any) {
				if row.(m)["text"] == text {
					return o.send("duty1", "GET", "/api/v1/incidents/"+row.(m)["id"].(string), 200, nil)
				}
			}
			t.Fatal(text, "is not on the desk")
			return nil
		}
		seen := report("北门灯杆坏了，夜里看不见路", "one")
		require.Nil(t, seen["category"])
		suggested := seen["suggested"].(m)["category"].(m)
		require.Equal(t, "environment.light", suggested["code"])
		require.Greater(t, suggested["confidence"], 0.5)

		alone := o.send("sys", "GET", "/api/v1/categories/alone", 200, nil)
		require.Equal(t, 0.0, alone["above"])
		require.Equal(t, 120.0, alone["model"].(m)["rows"])
		o.send("duty1", "GET", "/api/v1/categories/alone", 403, nil)
		o.send("sys", "PUT", "/api/v1/categories/alone", 422, m{"above": 0.3})
		o.send("sys", "PUT", "/api/v1/categories/alone", 200, m{"above": 0.6})
		sorted := report("南门灯杆坏了，夜里看不见路", "two")
		require.Equal(t, "environment.light", sorted["category"].(m)["code"])
		require.Nil(t, sorted["suggested"])

		o.walk(sorted["id"].(string))
		lessons, err := a.lessons(t.Context(), incident.LearnedCategory)
		require.NoError(t, err)
		require.Len(t, lessons, 1)
		require.Equal(t, "environment.light", lessons[0].Label)
		require.NoError(t, a.relayAll(t.Context()))
		wholeStore(t, a)
	})
}
