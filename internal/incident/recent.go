package incident

import (
	"slices"
	"sync"
)

// recentBytes bounds each of the two halves of what is remembered.
const recentBytes = 24 << 20

// recent remembers incidents as lists last read them, so that a list reads from the store only which incidents it
// holds, at which version, and those that changed, and a change does not read again what was just shown. Every write of an
// incident or its orders raises the version, so what is remembered under one never grows stale, whichever node wrote.
// What is in it is never changed.
type recent struct {
	mu         sync.Mutex
	young, old map[string]*Incident
	size       int
}

func newRecent() *recent { return &recent{young: map[string]*Incident{}} }

// get returns an incident at exactly this version, nil when it is not remembered.
func (r *recent) get(id string, version int64) *Incident {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := r.young[id]
	if i == nil {
		if i = r.old[id]; i != nil {
			r.add(i)
		}
	}
	if i == nil || i.Version != version {
		return nil
	}
	return i
}

// newest returns an incident at the version at which it was last remembered, nil when it is not.
func (r *recent) newest(id string) *Incident {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := r.young[id]; i != nil {
		return i
	}
	return r.old[id]
}

func (r *recent) put(i *Incident) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(i)
}

// add keeps an incident among the young. When they are too many they become old, and the old are forgotten: whatever
// nobody asked for meanwhile.
func (r *recent) add(i *Incident) {
	if known := r.young[i.ID]; known != nil && known.Version > i.Version {
		return
	}
	if r.size > recentBytes {
		r.young, r.old, r.size = map[string]*Incident{}, r.young, 0
	}
	r.young[i.ID] = i
	r.size += 2048 + len(i.Text) + len(i.Answer)
	for _, o := range i.Orders {
		r.size += 512 + len(o.Note) + len(o.Result)
	}
	r.size += 256 * (len(i.Clocks) + len(i.Copies))
}

// remember keeps what was committed, for the lists that are about to show it.
func (s *Service) remember(i *Incident) {
	if i.masked == nil {
		i.masked = s.maskReporter(i)
	}
	s.recent.put(i.clone())
}

// clone returns a copy that may be changed.
func (i *Incident) clone() *Incident {
	c := *i
	c.Orders = make([]*Order, len(i.Orders))
	for n, o := range i.Orders {
		own := *o
		c.Orders[n] = &own
	}
	c.Clocks = make([]*Clock, len(i.Clocks))
	for n, k := range i.Clocks {
		own := *k
		c.Clocks[n] = &own
	}
	c.Copies = slices.Clone(i.Copies) // never changed in place
	c.stored, c.tells = nil, false
	return &c
}

// maskedReporter is the reporter as most people see them. It is kept with what is remembered, because unsealing costs
// more than all the rest of a row.
type maskedReporter struct{ name, phone string }
