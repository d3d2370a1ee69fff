package app

import (
	"context"
	"maps"
	"slices"
	"sync"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/db"
	"gezhi/internal/stats"
)

// buildStats makes the service of the figures.
func (a *App) buildStats() {
	a.Stats = stats.NewService(stats.Config{DB: a.DB, Clock: a.Clock, Zone: a.Config.Zone, Topic: incident.Topic, Source: matters{a},
		Places: &statsPlaces{grid: a.Grid}, Names: statsNames{a}, Workdays: workdays{a}})
}

// matters is what figures know of incidents.
type matters struct{ app *App }

func (m matters) After(ctx context.Context, q db.Querier, id string, limit int) ([]string, error) {
	return m.app.Incident.IDsAfter(ctx, q, id, limit)
}

func (m matters) Matters(ctx context.Context, q db.Querier, ids []string) ([]*stats.Matter, error) {
	list, err := m.app.Incident.Outlines(ctx, q, ids)
	out := make([]*stats.Matter, len(list))
	for n, o := range list {
		out[n] = matterOf(o)
	}
	return out, err
}

func matterOf(o *incident.Outline) *stats.Matter {
	m := &stats.Matter{ID: o.ID, Number: o.Number, Title: o.Title, Seq: o.EntrySeq, State: string(o.State), Open: o.Open(), Filed: o.Filed(),
		Kind: o.Kind, Channel: o.Channel, Category: o.Category, Severity: o.Severity, Urgent: o.Urgent, Levels: o.LevelIDs, FiledArea: o.FiledArea,
		DueAt: o.DueAt, Deferred: o.DeferredAt != 0, Paused: o.DeferredAt != 0 || o.SuspendedAt != 0, Reworked: o.Reworked, Returned: o.Returned,
		Reopened: o.Reopened, Extended: o.Extensions, LateStages: o.LateStages, Answered: o.Answered, Solved: o.Solved, Satisfaction: o.Satisfaction,
		ReceivedAt: o.ReceivedAt, AcceptedAt: o.AcceptedAt, DispatchedAt: o.DispatchedAt, TakenAt: o.TakenAt, ArrivedAt: o.ArrivedAt,
		HandledAt: o.HandledAt, CheckedAt: o.CheckedAt, ClosedAt: o.ClosedAt}
	for _, r := range o.Orders {
		m.Orders = append(m.Orders, stats.Order{ID: r.ID, Unit: r.UnitID, Person: r.PersonID, Current: r.ID == o.LeadOrder, Self: r.SelfHandled(),
			GivenBack: r.GivenBack(), Nobody: r.NobodyOnDuty()})
	}
	for _, k := range o.Clocks {
		m.Clocks = append(m.Clocks, stats.Clock{Stage: string(k.Stage), Order: k.OrderID, StartedAt: k.StartedAt, DueAt: k.DueAt, StoppedAt: k.StoppedAt,
			OverdueAt: k.OverdueAt})
	}
	return m
}

// statsPlaces is what figures know of areas.
type statsPlaces struct {
	grid  *grid.Service
	mu    sync.Mutex
	seq   int64 // the change of areas up to which moved is known
	moved int64
}

func areaRef(a grid.Area) stats.AreaRef {
	return stats.AreaRef{ID: a.ID, Name: a.Name, Level: string(a.Level)}
}

func areaRefs(list []grid.Area) []stats.AreaRef {
	out := make([]stats.AreaRef, len(list))
	for n, a := range list {
		out[n] = areaRef(a)
	}
	return out
}

func (p *statsPlaces) Path(id string) []stats.AreaRef { return areaRefs(p.grid.Tree().Path(id)) }

func (p *statsPlaces) Children(id string) []stats.AreaRef {
	return areaRefs(p.grid.Tree().Children(id))
}

// Filed asks the present tree where no area moved since the instant, else the past of each.
func (p *statsPlaces) Filed(ctx context.Context, id string, at int64) (out [6]string, ok bool, err error) {
	tree := p.grid.Tree()
	moved, err := p.lastMoved(ctx, tree.Seq())
	if err != nil {
		return out, false, err
	}
	path := tree.Path(id)
	if at <= moved || len(path) == 0 {
		if path, err = p.grid.PathAt(ctx, id, at); err != nil {
			return out, false, err
		}
	}
	for _, a := range path {
		out[a.Level.Depth()] = a.ID
	}
	return out, len(path) > 0, nil
}

func (p *statsPlaces) lastMoved(ctx context.Context, seq int64) (int64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seq == seq && seq != 0 {
		return p.moved, nil
	}
	moved, err := p.grid.Moved(ctx)
	if err == nil {
		p.seq, p.moved = seq, moved
	}
	return moved, err
}

func (p *statsPlaces) Former(ctx context.Context, ids []string) (map[string]stats.AreaRef, error) {
	list, err := p.grid.Former(ctx, ids)
	out := make(map[string]stats.AreaRef, len(list))
	for _, a := range list {
		out[a.ID] = areaRef(a)
	}
	return out, err
}

// statsNames is what figures know of units, people and categories.
type statsNames struct{ app *App }

func (n statsNames) Unit(id string) string   { return n.app.People.Directory().UnitName(id) }
func (n statsNames) Person(id string) string { return n.app.People.Directory().PersonName(id) }

func (n statsNames) Category(code string) (zh, en string) {
	c, _ := n.app.Incident.Categories().Get(code)
	return c.NameZH, c.NameEN
}

func (n statsNames) Categories(code string) []string {
	return n.app.Incident.Categories().Children(code)
}

func (n statsNames) Channels() []string {
	return slices.Sorted(maps.Keys(incident.ChannelGroups))
}
