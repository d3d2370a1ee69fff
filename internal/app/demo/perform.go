package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/flow"
)

// report makes the report of a story.
func (n *narrator) report(ctx context.Context, s *story) (*incident.Incident, error) {
	r := s.draft.Report
	r.ExternalID = s.name
	s.draft.happened(s.rng, n.services.Clock.Now())
	r.OccurredAt, r.CallAt = s.draft.OccurredAt, s.draft.CallAt
	photo := (r.Channel == "patrol" || r.Channel == "video") && chance(s.rng, 40) || r.Channel == "app" && chance(s.rng, 25)
	if photo && sceneOf(r.Category) != "" {
		file, err := n.photo(ctx, s.draft.by, s.rng, r.Category, false)
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

// perform does a step and returns the incident as it is then.
func (n *narrator) perform(ctx context.Context, inc *incident.Incident, s *story, st step) (*incident.Incident, error) {
	if st.rating != nil {
		if _, err := n.services.Incident.Rate(ctx, s.code, *st.rating, ""); err != nil {
			return nil, err
		}
		return n.services.Incident.Get(ctx, machine, inc.ID)
	}
	fields := map[string]json.RawMessage{}
	for k, v := range st.fields {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		fields[k] = raw
	}
	if st.photo && sceneOf(inc.Category) != "" {
		file, err := n.photo(ctx, st.by, s.rng, inc.Category, true)
		if err != nil {
			return nil, err
		}
		fields[flow.FilesField] = json.RawMessage(`["` + file + `"]`)
	}
	after, err := n.services.Incident.Act(ctx, st.by, inc.ID, incident.Action{Do: st.do, Order: st.order, Fields: fields})
	if err != nil {
		return nil, fmt.Errorf("%s: %s by %s: %w", s.name, st.do, st.by.Login, err)
	}
	return after, nil
}

// photo uploads a drawn picture of the scene, before or after handling.
func (n *narrator) photo(ctx context.Context, by authz.Actor, rng *rand.Rand, category string, after bool) (string, error) {
	raw, err := n.pictures.get(sceneOf(category), after, rng.IntN(variants))
	if err != nil {
		return "", err
	}
	f, err := n.services.Incident.Upload(ctx, by, "演示图片.png", bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	return f.ID, nil
}

// album keeps drawn pictures, for each is used several times.
type album map[string][]byte

func (a album) get(scene string, after bool, variant int) ([]byte, error) {
	key := fmt.Sprint(scene, after, variant)
	if a[key] == nil {
		raw, err := picture(scene, after, variant)
		if err != nil {
			return nil, err
		}
		a[key] = raw
	}
	return a[key], nil
}
