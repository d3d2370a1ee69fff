package app

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/learn"
)

// modelNames are the files of the models in the folder of the data.
var modelNames = map[incident.Learned]string{incident.LearnedCategory: "model.gz", incident.LearnedUnit: "units.gz"}

// lookAgain is how long a change of a model's file may go unnoticed.
const lookAgain = 5 * time.Second

// wordReader tells what words suggest: categories and units by the models that lie in the folder, places by their names.
type wordReader struct {
	grid   *grid.Service
	models map[incident.Learned]*modelFile
}

// modelFile is a model that is read again when its file changes.
type modelFile struct {
	path  string
	of    incident.Learned
	model atomic.Pointer[learn.Model]
	next  atomic.Int64 // when to look at the file again, unix ms
	mu    sync.Mutex   // held while looking
	seen  fileState
}

// fileState tells a file from what it was before.
type fileState struct {
	size int64
	at   time.Time
}

// newWordReader returns a reader that looks for its models when it is first asked.
func newWordReader(folder string, places *grid.Service) *wordReader {
	r := &wordReader{grid: places, models: map[incident.Learned]*modelFile{}}
	for of, name := range modelNames {
		r.models[of] = &modelFile{path: filepath.Join(folder, name), of: of}
	}
	return r
}

// look reads the model again when its file has changed. One that cannot be used is told in the log, and the one from
// before goes on.
func (r *modelFile) look() {
	if !r.mu.TryLock() {
		return // somebody else is looking
	}
	defer r.mu.Unlock()
	r.next.Store(time.Now().Add(lookAgain).UnixMilli())
	info, err := os.Stat(r.path)
	if errors.Is(err, fs.ErrNotExist) {
		r.seen = fileState{}
		r.model.Store(nil)
		return
	}
	if err != nil {
		slog.Warn("the model cannot be looked at", "of", r.of, "error", err)
		return
	}
	now := fileState{info.Size(), info.ModTime()}
	if now == r.seen {
		return
	}
	r.seen = now
	m, err := learn.Open(r.path)
	if err != nil {
		slog.Warn("the model cannot be used; the one before stays", "of", r.of, "error", err)
		return
	}
	if len(m.About.Texts) != len(ownTexts[r.of]) {
		slog.Warn("the model does not fit: train it without a table, or with as many text columns", "of", r.of, "texts", m.About.Texts, "needs", ownTexts[r.of])
		return
	}
	r.model.Store(m)
	slog.Info("model", "of", r.of, "made", m.About.Made, "rows", m.About.Rows, "labels", len(m.About.Labels))
}

// current returns the model, nil without one.
func (r *modelFile) current() *learn.Model {
	if time.Now().UnixMilli() >= r.next.Load() {
		r.look()
	}
	return r.model.Load()
}

// guess asks the model, if there is one.
func (r *modelFile) guess(texts ...string) (incident.Guess, bool) {
	m := r.current()
	if m == nil {
		return incident.Guess{}, false
	}
	g := m.Guess(texts)
	return incident.Guess{Label: g.Label, Confidence: g.Confidence, Made: m.About.Made.UnixMilli()}, true
}

// Model says what a model is worth.
func (r *wordReader) Model(of incident.Learned) *incident.ModelView {
	m := r.models[of].current()
	if m == nil {
		return nil
	}
	a := m.About
	v := &incident.ModelView{Made: a.Made.UnixMilli(), Rows: a.Rows, MacroF1: a.Scores.MacroF1, Surely: []incident.ModelSure{}}
	for _, c := range a.Scores.Surely {
		v.Surely = append(v.Surely, incident.ModelSure(c))
	}
	return v
}

// Category returns the model's guess.
func (r *wordReader) Category(title, text string) (incident.Guess, bool) {
	return r.models[incident.LearnedCategory].guess(title, text)
}

// Unit returns the model's guess.
func (r *wordReader) Unit(title, text, where, category string) (incident.Guess, bool) {
	return r.models[incident.LearnedUnit].guess(title, text, where, category)
}

// PlaceIn returns the place that a text names.
func (r *wordReader) PlaceIn(text string) (incident.Hint, bool) {
	p, ok := r.grid.PlaceIn(text)
	return incident.Hint{Name: p.Name, Point: p.Point}, ok
}
