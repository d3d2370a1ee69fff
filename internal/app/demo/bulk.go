package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/db"
)

const (
	bulkGroup = 500 // incidents in one transaction, all of one week, so that what is written together lies together
	bulkWeeks = 156 // over which they are spread: three years before the street's own history
	bulkTries = 8   // of writing a group, while somebody else signs anchors
	bulkMark  = "demo.bulk"
)

// MaxBulk bounds a bulk.
const MaxBulk = 20_000_000

// Progress says how far a bulk has come.
type Progress struct {
	Done, Total int
	Fresh       int           // of this run
	Took        time.Duration // this run
}

// Rate is how many incidents a second this run makes.
func (p Progress) Rate() float64 {
	if p.Took <= 0 {
		return 0
	}
	return float64(p.Fresh) / p.Took.Seconds()
}

// Left is how long the rest will take at this rate; 0 when unknown.
func (p Progress) Left() time.Duration {
	if p.Fresh == 0 {
		return 0
	}
	return time.Duration(float64(p.Took) / float64(p.Fresh) * float64(p.Total-p.Done))
}

// bulkState is what the store remembers of its bulk, written with each group.
type bulkState struct {
	Until int64 `json:"until"` // unix ms; before it everything happened
	Done  int   `json:"done"`
}

// Bulk makes closed history until the store holds total incidents of it, beside what the demo has already, and calls
// told after each group. It lies in the three years before the street's own weeks and below the horizon of the feed;
// timelines, anchors, figures and the text index are whole after each group. When the context ends it stops after the
// group it is at; the next call goes on there, and the same total again makes nothing. The same seed in the same store
// gives the same incidents.
func Bulk(ctx context.Context, s Services, store *db.DB, total int, told func(Progress)) (Progress, error) {
	done := Progress{Total: total}
	state, err := s.bulkState(ctx, store)
	if err != nil {
		return done, err
	}
	done.Done = state.Done
	if total <= state.Done {
		return done, nil
	}
	n, err := s.teller(ctx)
	if err != nil {
		return done, err
	}
	began := time.Now()
	inner, stop := context.WithCancel(ctx)
	defer stop()
	scribe := n.past(nil)
	for g := range n.groups(inner, state, total) {
		made := <-g
		if made.err != nil {
			return done, made.err
		}
		state.Done += len(made.lives)
		if err := writeBulk(ctx, scribe.ledger, made.lives, state, s.Clock.Now()); err != nil {
			return done, err
		}
		done.Done, done.Fresh, done.Took = state.Done, done.Fresh+len(made.lives), time.Since(began)
		told(done)
	}
	return done, ctx.Err()
}

// teller returns who tells the stories of a store that holds the demo.
func (s Services) teller(ctx context.Context) (*narrator, error) {
	made, err := s.plan()
	if err != nil {
		return nil, err
	}
	return s.narrator(ctx, made)
}

func (s Services) bulkState(ctx context.Context, store *db.DB) (bulkState, error) {
	var state bulkState
	kept, err := db.Setting(ctx, store.Read(), bulkMark)
	if err != nil {
		return state, err
	}
	if kept == "" {
		made, err := s.plan()
		state.Until = s.Clock.Now().AddDate(0, 0, -made.days-2).UnixMilli()
		return state, err
	}
	return state, json.Unmarshal([]byte(kept), &state)
}

// group is some incidents that were lived through, to be written together.
type group struct {
	lives []*incident.Life
	err   error
}

// groups lives through the groups that are missing, on all processors, and gives them in order.
func (n *narrator) groups(ctx context.Context, state bulkState, total int) <-chan chan group {
	workers := runtime.GOMAXPROCS(0)
	out := make(chan chan group, workers)
	free := make(chan *past, workers)
	for range workers {
		free <- n.past(nil)
	}
	go func() {
		defer close(out)
		for from := state.Done; from < total; {
			to := min((from/bulkGroup+1)*bulkGroup, total)
			select {
			case <-ctx.Done():
				return
			case p := <-free:
				g := make(chan group, 1)
				go func(from, to int) {
					lives, err := p.bulk(ctx, from, to, time.UnixMilli(state.Until))
					g <- group{lives, err}
					free <- p
				}(from, to)
				out <- g
			}
			from = to
		}
	}()
	return out
}

// bulk lives through the incidents of some numbers.
func (p *past) bulk(ctx context.Context, from, to int, until time.Time) ([]*incident.Life, error) {
	lives := make([]*incident.Life, 0, to-from)
	for i := from; i < to; i++ {
		name := fmt.Sprintf("demo-bulk-%08d", i+1)
		s := p.storyOf(name, uint64(1)<<32+uint64(i), nil)
		rng := rand.New(rand.NewPCG(seed, uint64(1)<<33+uint64(i)))
		week := i / bulkGroup * 37 % bulkWeeks
		days := newCalendar(until, week*7+7)
		day := days.day(week*7 + rng.IntN(7))
		life, err := p.tell(ctx, s, days.moment(rng, day, s.draft.Category), until.AddDate(0, 0, 2), "")
		if err != nil {
			return nil, err
		}
		lives = append(lives, life)
	}
	return lives, nil
}

// writeBulk writes a group with how far the bulk has come by it.
func writeBulk(ctx context.Context, l *incident.Ledger, lives []*incident.Life, state bulkState, at time.Time) error {
	mark, err := json.Marshal(state)
	if err != nil {
		return err
	}
	for range bulkTries {
		err = l.WritePast(ctx, lives, func(ctx context.Context, tx db.Tx) error {
			return db.PutSetting(ctx, tx, bulkMark, string(mark), at.UnixMilli())
		})
		if !db.IsDuplicate(err) {
			return err
		}
	}
	return err
}
