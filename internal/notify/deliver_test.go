package notify_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/notify"
)

// one tells a group of one order and returns what became of the message.
func (o *office) one(id string) {
	o.matter(id, "")
	o.happens(id, "dispatch", "order-"+id)
	o.round()
}

// Receivers that answer well, wrongly, slowly and not at all, and what each does to a message.
func TestEveryAnswerHasItsConsequence(t *testing.T) {
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	wait := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-hang:
		case <-r.Context().Done():
		}
	}
	cases := map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		state  notify.State
		code   string
		status int64
	}{
		"well":            {nil, notify.Gone, "", 0},
		"no content":      {status(204), notify.Gone, "", 0},
		"broken":          {status(500), notify.Waiting, "status", 500},
		"busy":            {status(429), notify.Waiting, "status", 429},
		"forbidden":       {status(403), notify.Waiting, "refused", 403},
		"not wanted":      {status(400), notify.Dead, "status", 400},
		"leads elsewhere": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, notify.Waiting, "status", 302},
		"not at all":      {wait, notify.Waiting, "timeout", 0},
		"hangs up":        {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, notify.Waiting, "connect", 0},
		"half an answer": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			http.NewResponseController(w).Flush()
			wait(w, r)
		}, notify.Waiting, "timeout", 0},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		for name, c := range cases {
			robot := receive(t, c.answer)
			sender := o.sender("webhook", robot.URL)
			o.one(fmt.Sprint("m", len(robot.URL), name))
			found := false
			for _, state := range []notify.State{notify.Waiting, notify.Gone, notify.Dead} {
				for _, m := range o.list(state) {
					if m.Sender == sender.ID {
						found = true
						require.Equal(t, c.state, m.State, name)
						require.Equal(t, c.code, m.Error, name)
						require.Equal(t, c.status, m.Status, name)
						require.EqualValues(t, 1, m.Attempts, name)
					}
				}
			}
			require.True(t, found, name)
			sender, err := o.Sender(t.Context(), admin, sender.ID)
			require.NoError(t, err)
			require.NoError(t, o.DeleteSender(t.Context(), admin, sender.ID, sender.Version))
		}
	})
}

func TestAnAnswerInWordsMayBeARefusal(t *testing.T) {
	d := dbtest.Lite(t)
	o := open(t, d)
	answer := `{"errcode":93000,"errmsg":"invalid webhook url"}`
	robot := receive(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) })
	c := presetOf("wecom")
	c.Name, c.URL, c.Active = "企业微信", robot.URL+"/send?key={secret}", true
	_, err := o.CreateSender(t.Context(), admin, c, "a key")
	require.NoError(t, err)
	o.one("m1")
	require.Equal(t, "answer", o.list(notify.Waiting)[0].Error)
	answer = `{"errcode":0,"errmsg":"ok"}`
	o.clock.Advance(time.Minute)
	o.round()
	require.Len(t, o.list(notify.Gone), 1)
}

// A webhook that answers 500 for an hour is asked a few times, holds nobody up, and then gets everything once.
func TestABrokenReceiverIsLeftAloneAndHoldsUpNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		broken, well := receive(t, status(500)), receive(t, nil)
		o.sender("webhook", broken.URL)
		o.sender("webhook", well.URL)
		const matters = 30
		for n := range matters {
			o.matter(fmt.Sprint("m", n), "")
			o.happens(fmt.Sprint("m", n), "dispatch", fmt.Sprint("order-m", n))
		}
		for range 3600 / 15 {
			o.round()
			o.clock.Advance(15 * time.Second)
		}
		require.Len(t, well.got(), matters)
		require.Less(t, len(broken.got()), 25, "an hour of trouble is not an hour of requests")
		require.Len(t, o.list(notify.Waiting), matters, "nothing was given up")
		broken.turn(nil)
		before := len(broken.got())
		for range 2 * 3600 / 15 {
			o.round()
			o.clock.Advance(15 * time.Second)
		}
		require.Len(t, broken.got(), before+matters)
		require.Empty(t, o.list(notify.Waiting))
		require.Empty(t, o.list(notify.Dead))
	})
}

func TestWhatNeverGoesOutIsListedAndCanBeSentAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		robot := receive(t, status(500))
		o.sender("webhook", robot.URL)
		o.one("m1")
		o.one("m2")
		for range 26 {
			o.clock.Advance(time.Hour)
			o.round()
		}
		dead := o.list(notify.Dead)
		require.Len(t, dead, 2)
		require.Empty(t, o.list(notify.Waiting))
		require.NoError(t, o.Discard(t.Context(), admin, dead[0].ID))
		require.True(t, fault.Is(o.Discard(t.Context(), admin, dead[0].ID), "message.not_dead"))
		require.True(t, fault.Is(o.Retry(t.Context(), actor("worker"), dead[1].ID), "forbidden"))
		robot.turn(nil)
		require.NoError(t, o.Retry(t.Context(), admin, dead[1].ID))
		o.clock.Advance(time.Hour)
		o.round()
		require.Equal(t, dead[1].ID, o.list(notify.Gone)[0].ID)
		require.Empty(t, o.list(notify.Dead))
	})
}

// Two nodes over one store send every message once between them.
func TestTwoNodesSendEachMessageOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		robot := receive(t, nil)
		o.sender("webhook", robot.URL)
		const matters = 40
		for n := range matters {
			o.matter(fmt.Sprint("m", n), "")
			o.happens(fmt.Sprint("m", n), "dispatch", fmt.Sprint("order-m", n))
		}
		nodes := []*notify.Service{o.node(), o.node(), o.node()}
		var working sync.WaitGroup
		for _, node := range nodes {
			working.Go(func() {
				for range 3 {
					require.NoError(t, node.Round(t.Context()))
				}
			})
		}
		working.Wait()
		o.round()
		require.Len(t, robot.got(), matters)
		require.Len(t, o.list(notify.Gone), matters)
	})
}

// A node that ends between sending and writing leaves the message to the next, which sends it with the same id.
func TestAMessageOfADeadNodeIsTakenUp(t *testing.T) {
	d := dbtest.Lite(t)
	o := open(t, d)
	ctx, die := context.WithCancel(t.Context())
	robot := receive(t, func(http.ResponseWriter, *http.Request) { die() })
	o.sender("webhook", robot.URL)
	o.matter("m1", "")
	o.happens("m1", "dispatch", "order-m1")
	require.NoError(t, o.node().Round(ctx))
	require.Len(t, robot.got(), 1)
	o.round()
	require.Len(t, robot.got(), 1, "it may still be on its way")
	o.clock.Advance(2 * time.Minute)
	o.round()
	require.Len(t, robot.got(), 2)
	require.Equal(t, robot.got()[0], robot.got()[1])
	require.Len(t, o.list(notify.Gone), 1)
}

// A clock that is set back must not make messages or senders wait for the time that was.
func TestAClockSetBackHoldsNothingUp(t *testing.T) {
	d := dbtest.Lite(t)
	o := open(t, d)
	robot := receive(t, status(500))
	o.sender("webhook", robot.URL)
	for n := range 6 {
		o.one(fmt.Sprint("m", n))
	}
	o.clock.Advance(-48 * time.Hour)
	robot.turn(nil)
	before := len(robot.got())
	for range 10 {
		o.round()
		o.clock.Advance(time.Minute)
	}
	require.Len(t, robot.got(), before+6)
}
