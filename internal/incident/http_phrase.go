package incident

import (
	"context"
	"net/http"

	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// PhraseBody is a quick phrase as it is written.
type PhraseBody struct {
	Use  string `json:"use" enum:"call,note,answer,result,reason"`
	Text string `json:"text" maxLength:"500"`
	Sort int64  `json:"sort,omitempty" doc:"place, smallest first; missing for a new one: last"`
}

// PhraseView is a quick phrase as it is shown.
type PhraseView struct {
	ID      string `json:"id"`
	Use     string `json:"use" enum:"call,note,answer,result,reason"`
	Text    string `json:"text"`
	Sort    int64  `json:"sort"`
	Version int64  `json:"version"`
}

type phrasesIn struct {
	Use string `query:"use" enum:"call,note,answer,result,reason"`
}

type phrasesOut struct {
	Body struct {
		Items []PhraseView `json:"items" nullable:"false"`
	}
}

type phraseIn struct{ Body PhraseBody }

// PhraseChange replaces a phrase over the version that was read.
type PhraseChange struct {
	PhraseBody
	Version int64 `json:"version"`
}

type phraseChangeIn struct {
	ID   string `path:"id" maxLength:"64"`
	Body PhraseChange
}

type phraseOut struct{ Body PhraseView }

func phraseRoutes(api *web.API, s *Service) {
	read := web.Need(perm.IncidentRead, perm.IncidentReport, perm.SettingsManage)
	write := web.Need(perm.SettingsManage, perm.IncidentDispatch)
	route := func(method, path, id, summary string, access web.Access, status int) web.Route {
		return web.Route{Method: method, Path: "/api/v1/phrases" + path, ID: id, Tag: "phrase", Summary: summary, Access: access, Status: status}
	}
	web.Register(api, route(http.MethodGet, "", "listPhrases", "The office's quick phrases, in order", read, 0),
		func(ctx context.Context, in *phrasesIn) (*phrasesOut, error) {
			list, err := s.Phrases(ctx, in.Use)
			if err != nil {
				return nil, err
			}
			out := &phrasesOut{}
			out.Body.Items = make([]PhraseView, len(list))
			for n, p := range list {
				out.Body.Items[n] = PhraseView(p)
			}
			return out, nil
		})
	answer := func(p Phrase, err error) (*phraseOut, error) {
		if err != nil {
			return nil, err
		}
		return &phraseOut{PhraseView(p)}, nil
	}
	web.Register(api, route(http.MethodPost, "", "addPhrase", "Keep a new quick phrase", write, http.StatusCreated),
		func(ctx context.Context, in *phraseIn) (*phraseOut, error) {
			return answer(s.AddPhrase(ctx, web.Actor(ctx), Phrase{Use: in.Body.Use, Text: in.Body.Text, Sort: in.Body.Sort}))
		})
	web.Register(api, route(http.MethodPut, "/{id}", "changePhrase", "Change a quick phrase", write, 0),
		func(ctx context.Context, in *phraseChangeIn) (*phraseOut, error) {
			b := in.Body
			return answer(s.ChangePhrase(ctx, web.Actor(ctx), Phrase{ID: in.ID, Use: b.Use, Text: b.Text, Sort: b.Sort, Version: b.Version}))
		})
	web.Register(api, route(http.MethodDelete, "/{id}", "removePhrase", "Take a quick phrase away", write, http.StatusNoContent),
		func(ctx context.Context, in *idIn) (*struct{}, error) {
			return nil, s.RemovePhrase(ctx, web.Actor(ctx), in.ID)
		})
}
