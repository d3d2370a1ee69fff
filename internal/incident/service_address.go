package incident

import (
	"context"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// Address is a place that an earlier incident gave a name to.
type Address struct {
	Name string  `json:"name"`
	Lon  float64 `json:"lon"`
	Lat  float64 `json:"lat"`
}

const (
	addressesRead = 60 // incidents looked through
	maxAddresses  = 8
)

// Addresses returns addresses of earlier incidents in scope that hold the words of a query, the newest first, each
// once. Only the incident's own place is told, never the reporter's address.
func (s *Service) Addresses(ctx context.Context, actor authz.Actor, query string) ([]Address, error) {
	var f fault.Fields
	query = fault.CheckText(&f, "q", query, true, 100)
	if err := f.Err(); err != nil {
		return nil, err
	}
	list, err := s.list(ctx, actor, Filter{Q: query, Limit: addressesRead}, nil)
	if err != nil {
		return nil, err
	}
	found := []Address{}
	seen := map[string]bool{}
	for _, i := range list {
		if i.Lon == nil || i.Lat == nil || seen[i.Address] || !holdsWords(i.Address, query) {
			continue
		}
		seen[i.Address] = true
		if found = append(found, Address{i.Address, *i.Lon, *i.Lat}); len(found) == maxAddresses {
			break
		}
	}
	return found, nil
}

func holdsWords(text, query string) bool {
	text = strings.ToLower(text)
	for _, w := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return text != ""
}
