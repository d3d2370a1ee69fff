package dispatch

import "context"

// Past tells of incidents that were dispatched.
type Past interface {
	// Latest returns the latest incidents that somebody got, newest first, at most so many.
	Latest(ctx context.Context, limit int) ([]Case, error)
}

// Case is an incident of the past: how it stood when it came in, and who got it first.
type Case struct {
	ID     string
	Number string
	Situation
	UnitID string
}
