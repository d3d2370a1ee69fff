package live

// window holds the newest events, without a hole between them.
type window struct {
	keep   int   // events, at least
	first  int64 // position of the first event, or of the next one to come
	events []*event
}

// push adds the next event. What is older than keep events may go; slices handed out stay as they are.
func (w *window) push(e *event) {
	if e.position != w.first+int64(len(w.events)) {
		w.first, w.events = e.position, nil
	}
	if len(w.events) >= 2*w.keep {
		w.first += int64(len(w.events) - w.keep)
		w.events = append(make([]*event, 0, 2*w.keep), w.events[len(w.events)-w.keep:]...)
	}
	w.events = append(w.events, e)
}

// from returns up to a batch of events beginning with a position; false when that has gone from memory.
func (w *window) from(position int64) ([]*event, bool) {
	at := position - w.first
	if at < 0 || at > int64(len(w.events)) {
		return nil, false
	}
	return w.events[at:min(at+batch, int64(len(w.events)))], true
}
