package incident

import (
	"context"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Phrases returns the office's quick phrases for a use, or all of them for ”, in their order.
func (s *Service) Phrases(ctx context.Context, use string) ([]Phrase, error) {
	if use != "" && !slices.Contains(PhraseUses, use) {
		return nil, invalid("use", "field.choice")
	}
	return phrasesFor(ctx, s.DB.Read(), use)
}

// AddPhrase keeps a new phrase; without a place it comes last. A use holds a hundred: one more is "phrase.too_many".
func (s *Service) AddPhrase(ctx context.Context, actor authz.Actor, p Phrase) (Phrase, error) {
	if err := p.check(); err != nil {
		return p, err
	}
	p.ID, p.Version = id.New(s.Clock.Now()), 1
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n, last, err := phraseEnd(ctx, tx, p.Use)
		if err != nil {
			return err
		}
		if n >= maxPhrases {
			return fault.New(fault.Conflict, "phrase.too_many", "max", maxPhrases)
		}
		if p.Sort == 0 {
			p.Sort = last + 10
		}
		if err := insertPhrase(ctx, tx, p); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "phrase.add", "phrase", p.ID, map[string]string{"use": p.Use})
	})
	return p, err
}

// ChangePhrase writes a phrase's text, use and place over the version that was read; a newer one is "stale".
func (s *Service) ChangePhrase(ctx context.Context, actor authz.Actor, p Phrase) (Phrase, error) {
	if !id.Valid(p.ID) {
		return p, fault.Missing("phrase")
	}
	if err := p.check(); err != nil {
		return p, err
	}
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		found, changed, err := updatePhrase(ctx, tx, p)
		switch {
		case err != nil:
			return err
		case !found:
			return fault.Missing("phrase")
		case !changed:
			return fault.New(fault.Conflict, "stale")
		}
		return s.record(ctx, tx, actor, "phrase.change", "phrase", p.ID, map[string]string{"use": p.Use})
	})
	p.Version++
	return p, err
}

// RemovePhrase takes a phrase away. One that is gone already is no fault.
func (s *Service) RemovePhrase(ctx context.Context, actor authz.Actor, phrase string) error {
	if !id.Valid(phrase) {
		return nil
	}
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		gone, err := deletePhrase(ctx, tx, phrase)
		if err != nil || !gone {
			return err
		}
		return s.record(ctx, tx, actor, "phrase.remove", "phrase", phrase, nil)
	})
}
