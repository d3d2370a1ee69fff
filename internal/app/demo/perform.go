package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"gezhi/internal/incident"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
)

// report makes the report of a story now.
func (n *narrator) report(ctx context.Context, s *story) (*incident.Incident, error) {
	r := s.draft.Report
	r.ExternalID = s.name
	s.draft.happened(s.rng, n.services.Clock.Now())
	r.OccurredAt, r.CallAt = s.draft.OccurredAt, s.draft.CallAt
	if s.draft.photographed(s.rng) && sceneOf(r.Category) != "" {
		file, err := n.photo(ctx, s.draft.by, s.scene(), false)
		if err != nil {
			return nil, err
		}
		r.Files = []string{file}
	}
	inc, code, err := n.services.Incident.Report(ctx, s.draft.by, r, incident.Repeat{})
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", s.name, err)
	}
	s.code = code
	return inc, nil
}

// perform does a step now.
func (n *narrator) perform(ctx context.Context, inc *incident.Incident, s *story, st step) error {
	if st.rating != nil {
		_, err := n.services.Incident.Rate(ctx, s.code, *st.rating, st.words)
		return err
	}
	fields, err := st.raw()
	if err != nil {
		return err
	}
	if st.photo && sceneOf(inc.Category) != "" {
		s.draft.Category = inc.Category
		file, err := n.photo(ctx, st.by, s.scene(), true)
		if err != nil {
			return err
		}
		fields[flow.FilesField] = json.RawMessage(`["` + file + `"]`)
	}
	_, err = n.services.Incident.Act(ctx, st.by, inc.ID, incident.Action{Do: st.do, Order: st.order, Fields: fields})
	if fault.Is(err, needsApproval) {
		_, err = n.services.Incident.Act(ctx, st.by, inc.ID, incident.Action{Do: "submit_reply", Order: st.order, Fields: fields})
	}
	if err != nil {
		return fmt.Errorf("%s: %s by %s: %w", s.name, st.do, st.by.Login, err)
	}
	return nil
}

// photo uploads a drawn picture for somebody.
func (n *narrator) photo(ctx context.Context, by actor, v view, after bool) (string, error) {
	raw, err := n.pictures.get(v, after)
	if err != nil {
		return "", err
	}
	f, err := n.services.Incident.Upload(ctx, by, pictureName, bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	return f.ID, nil
}
