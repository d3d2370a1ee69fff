package incident

import "context"

// OrdersInHand returns the orders of some incidents that somebody still has to see to, of all incidents with nil. It is
// for counting how much everybody has in hand, and asks nobody's permission.
func (s *Service) OrdersInHand(ctx context.Context, incidents []string) ([]InHand, error) {
	return readInHand(ctx, s.DB.Read(), incidents)
}
