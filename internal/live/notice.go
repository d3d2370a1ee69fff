package live

import (
	"context"
	"encoding/json"
	"log/slog"

	"gezhi/internal/kit/outbox"
)

// mostNotices bounds what waits for a slow client. A notice only says that something is to be read again, so that one
// more of a kind adds nothing.
const mostNotices = 16

// noticeBody is what the feed of another topic says of a change: what, and to whom it is told.
type noticeBody struct {
	noticed
	Persons []string `json:"persons"`
}

// noticed is what a client is told of it.
type noticed struct {
	Directive string `json:"directive,omitempty"`
	Notice    string `json:"notice,omitempty"`
	Do        string `json:"do"`
}

// notice tells clients what the other topics bring. A notice has no position: whoever was away reads the list anew when
// they come back, as after any pause.
func (h *Hub) notice(ctx context.Context) error {
	for _, topic := range h.Also {
		for {
			rows, err := h.Feed.After(ctx, topic, h.also[topic], batch)
			if err != nil {
				return err
			}
			if len(rows) == 0 {
				break
			}
			h.pass(rows)
			h.also[topic] = rows[len(rows)-1].Position
		}
	}
	return nil
}

func (h *Hub) pass(rows []outbox.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, row := range rows {
		var b noticeBody
		if err := json.Unmarshal(row.Body, &b); err != nil {
			slog.Error("an event of the feed cannot be read", "topic", row.Topic, "position", row.Position)
			continue
		}
		f := bare(row.Kind, b.noticed)
		for _, person := range b.Persons {
			for _, c := range h.accounts[person] {
				if len(c.notices) < mostNotices {
					c.notices = append(c.notices, f)
				}
				c.nudge()
			}
		}
	}
}

// noticesOf returns what waits for a client, and takes it.
func (h *Hub) noticesOf(c *Client) [][]byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := c.notices
	c.notices = nil
	return list
}
