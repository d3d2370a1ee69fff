package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/fault"
)

// names are the values that a template may name.
var names = []string{"id", "notice", "number", "text", "link", "to", "time", "timestamp", "secret", "sign"}

var named = regexp.MustCompile(`\{([a-z_]+)\}`)

// sample stands for a value while an address is checked.
const sample = "0"

func sampled(text string) string { return named.ReplaceAllString(text, sample) }

func checkNames(f *fault.Fields, field, text string) {
	for _, found := range named.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, found[1]) {
			f.Add(field, "notify.unknown_value", "name", found[1])
			return
		}
	}
}

// values are what a template's names stand for in one message. timestamp is in ms; sign is how DingTalk wants its robots
// addressed: the HMAC-SHA-256 of timestamp and key under the key, base64. A secret of two words is a token and the key
// to sign with.
func values(m Message, secret string, at time.Time) map[string]string {
	stamp := strconv.FormatInt(at.UnixMilli(), 10)
	key := secret
	if token, second, two := strings.Cut(secret, " "); two {
		secret, key = token, strings.TrimSpace(second)
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(stamp + "\n" + key))
	return map[string]string{"id": m.ID, "notice": m.Notice, "number": m.Number, "text": m.Text, "link": m.Link, "to": m.To,
		"time": m.At.Format(time.RFC3339), "timestamp": stamp, "secret": secret, "sign": base64.StdEncoding.EncodeToString(mac.Sum(nil))}
}

// fill puts the values into a template, each escaped for where it stands, so that no value can change its form.
func fill(template string, values map[string]string, escape func(string) string) string {
	return named.ReplaceAllStringFunc(template, func(found string) string {
		v, ok := values[found[1:len(found)-1]]
		if !ok {
			return found
		}
		return escape(v)
	})
}

func inURL(v string) string { return url.QueryEscape(v) }

func inJSON(v string) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "" // strings always marshal
	}
	return string(b[1 : len(b)-1])
}

func inHeader(v string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(v) }

func asIs(v string) string { return v }

// escapeFor returns how values are escaped in a body of this type.
func escapeFor(contentType string) func(string) string {
	switch {
	case strings.Contains(contentType, "json"):
		return inJSON
	case strings.Contains(contentType, "form-urlencoded"):
		return inURL
	case strings.Contains(contentType, "xml"):
		return inXML
	}
	return asIs
}

func inXML(v string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;").Replace(v)
}
