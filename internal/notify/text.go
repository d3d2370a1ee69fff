package notify

import (
	"maps"
	"net/url"
	"regexp"
	"strings"
)

var phoneForm = regexp.MustCompile(`^\+?[0-9][0-9 -]{4,19}$`)

// sentence says what a message says, in a language, with the link at the end.
func (s *Service) sentence(lang string, m Message, more map[string]any) string {
	params := map[string]any{"number": m.Number}
	maps.Copy(params, more)
	text := s.Words.Say(lang, "notify.text."+m.Notice, params)
	if m.Link != "" {
		text += " " + m.Link
	}
	return text
}

// linkOf leads to the page on which whoever gets a message sees more, after signing in or typing the code.
func linkOf(site string, m Kept) string {
	switch {
	case site == "":
		return ""
	case m.ToKind == "reporter":
		return site + "/track"
	case m.ToKind == "group":
		return site + "/desk/incident/" + m.Incident
	}
	return site + "/m/orders/" + m.Incident
}

func hostOf(address string) string {
	u, err := url.Parse(sampled(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Scheme + "://" + u.Host)
}
