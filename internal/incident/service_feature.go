package incident

import (
	"context"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/seal"
)

// OpenFeatures returns incidents that may be published, newest first, with the last one that was looked at: fewer than
// f.Limit does not mean that there are no more, an empty last one does. Of each it tells the area, not the position.
func (s *Service) OpenFeatures(ctx context.Context, f FeatureFilter) (list []Feature, last Feature, err error) {
	f.Box = nil
	read, err := s.openPage(ctx, f, "")
	for _, i := range read {
		if s.publishable(i) {
			list = append(list, s.featureOf(i))
		}
	}
	if len(read) == f.Limit && len(read) > 0 {
		last = s.featureOf(read[len(read)-1])
	}
	return list, last, err
}

// OpenFeatureByID returns one incident that may be published.
func (s *Service) OpenFeatureByID(ctx context.Context, incident string) (Feature, error) {
	if !id.Valid(incident) {
		return Feature{}, fault.Missing("incident")
	}
	read, err := s.openPage(ctx, FeatureFilter{Limit: 1}, incident)
	if err != nil {
		return Feature{}, err
	}
	if len(read) == 0 || !s.publishable(read[0]) {
		return Feature{}, fault.Missing("incident")
	}
	return s.featureOf(read[0]), nil
}

// featureOf is what is published of an incident: neither its position nor a word.
func (s *Service) featureOf(i *Incident) Feature {
	return Feature{ID: i.ID, State: i.State, Kind: i.Kind, Category: s.categoryName(i.Category), AreaID: i.AreaID, LevelIDs: i.LevelIDs,
		ReceivedAt: i.ReceivedAt, ClosedAt: i.ClosedAt}
}

func (s *Service) worded(list []Feature, words bool) []Feature {
	for n := range list {
		list[n].Category = s.categoryName(list[n].Category.Code)
		if list[n].Title = seal.MaskFreeText(list[n].Title); !words {
			list[n].Title = ""
		}
	}
	return list
}

func (s *Service) categoryName(code string) NamedCode {
	k, _ := s.Categories().Get(code)
	return NamedCode{code, k.NameZH, k.NameEN}
}
