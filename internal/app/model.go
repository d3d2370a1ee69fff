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

// modelName is the file of the model in the folder of the data.
const modelName = "model.gz"

// lookAgain is how long a change of the model's file may go unnoticed.
const lookAgain = 5 * time.Second

// wordReader tells what words suggest: categories by the model that lies in the folder, places by their names.
type wordReader struct {
	path  string
	grid  *grid.Service
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

// newWordReader returns a reader that looks for its model when it is first asked.
func newWordReader(folder string, places *grid.Service) *wordReader {
	return &wordReader{path: filepath.Join(folder, modelName), grid: places}
}

// look reads the model again when its file has changed. One that cannot be used is told in the log, and the one from
// before goes on.
func (r *wordReader) look() {
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
		slog.Warn("the model cannot be looked at", "error", err)
		return
	}
	now := fileState{info.Size(), info.ModTime()}
	if now == r.seen {
		return
	}
	r.seen = now
	m, err := learn.Open(r.path)
	if err != nil {
		slog.Warn("the model cannot be used; the one before stays", "error", err)
		return
	}
	if len(m.About.Texts) != len(ownTexts) {
		slog.Warn("the model is not for incidents: train it without a table, or with two text columns", "texts", m.About.Texts)
		return
	}
	r.model.Store(m)
	slog.Info("model for categories", "made", m.About.Made, "rows", m.About.Rows, "labels", len(m.About.Labels))
}

// current returns the model, nil without one.
func (r *wordReader) current() *learn.Model {
	if time.Now().UnixMilli() >= r.next.Load() {
		r.look()
	}
	return r.model.Load()
}

// Model says what the model is worth.
func (r *wordReader) Model() *incident.ModelView {
	m := r.current()
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
	m := r.current()
	if m == nil {
		return incident.Guess{}, false
	}
	g := m.Guess([]string{title, text})
	return incident.Guess{Category: g.Label, Confidence: g.Confidence, Made: m.About.Made.UnixMilli()}, true
}

// PlaceIn returns the place that a text names.
func (r *wordReader) PlaceIn(text string) (incident.Hint, bool) {
	p, ok := r.grid.PlaceIn(text)
	return incident.Hint{Name: p.Name, Point: p.Point}, ok
}
