package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/notify"
)

func TestNobodyIsToldUntilASenderIsSetUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		o.matter("m1", "")
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		for _, s := range []notify.State{notify.Waiting, notify.Gone, notify.Dead, notify.Dropped} {
			require.Empty(t, o.list(s))
		}
	})
}

func TestWorkIsToldToWhoeverHasItAndOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL)
		li := o.account("li", "138 0000 1234")
		o.matter("m1", li)
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		o.round()
		require.Len(t, gateway.got(), 1, "whoever reported left no phone")
		require.Contains(t, gateway.got()[0], `"mobile":"13800001234"`)
		require.Contains(t, gateway.got()[0], "notify.text.order 260302-m1")
		sent := o.list(notify.Gone)
		require.Len(t, sent, 1)
		require.Equal(t, li, sent[0].ToID)
		require.Contains(t, gateway.got()[0], sent[0].ID, "a receiver can tell a repetition")
	})
}

// What a person or a resident is told holds the number and a link, and nothing else of the matter.
func TestEachPublicStepIsToldToWhoeverReportedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		_, err := o.UpdateSettings(t.Context(), admin, notify.Settings{Site: "https://gezhi.example/"})
		require.NoError(t, err)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL, notify.Accepted, notify.Sent, notify.Arrived, notify.Handled, notify.Closed, notify.Rejected)
		o.matter("m1", "")
		o.world.phones["m1"] = "13911112222"
		for _, do := range []string{"accept", "dispatch", "accept_order", "arrive", "note", "handle", "check_pass", "close"} {
			order := ""
			if do == "arrive" || do == "handle" || do == "dispatch" {
				order = "order-m1"
			}
			o.happens("m1", do, order)
		}
		o.happens("m1", "arrive", "order-of-a-helper")
		o.round()
		require.Len(t, gateway.got(), 5)
		for _, body := range gateway.got() {
			require.Contains(t, body, "260302-m1")
			require.Contains(t, body, "https://gezhi.example/track\"", "the link leads to the page and holds no code")
		}
		quiet := o.world.matters["m1"]
		quiet.Quiet = true
		o.world.matters["m1"] = quiet
		o.happens("m1", "reject", "")
		o.round()
		require.Len(t, gateway.got(), 5, "who wants no message gets none")
	})
}

func TestOldNewsAreNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		robot := receive(t, nil)
		o.sender("webhook", robot.URL)
		o.matter("m1", "")
		o.happens("m1", "note", "")
		o.clock.Advance(-25 * time.Hour)
		o.seq["old"] = 0
		o.matter("old", "")
		o.happens("old", "dispatch", "order-old")
		require.Len(t, robot.got(), 0)
		o.clock.Advance(25 * time.Hour)
		o.round()
		require.Empty(t, robot.got(), "what waited unaddressed for a day is dropped")
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		require.Len(t, robot.got(), 1)
	})
}

func TestAPersonMayWantNoMessages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL, notify.Order)
		li := o.account("li", "13800001234")
		require.NoError(t, o.ChooseSMS(t.Context(), actor(li), false))
		o.matter("m1", li)
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		require.Empty(t, gateway.got())
		require.NoError(t, o.ChooseSMS(t.Context(), actor(li), true))
		o.happens("m1", "transfer", "order-m1")
		o.round()
		require.Len(t, gateway.got(), 1)
	})
}

func TestWhatIsNoLongerToDoIsNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, status(503))
		o.sender("sms", gateway.URL, notify.Order)
		li := o.account("li", "13800001234")
		o.matter("m1", li)
		o.happens("m1", "dispatch", "order-m1")
		o.round()
		require.Len(t, gateway.got(), 1)
		o.world.matters["m1"].Orders[0].Waiting = false // accepted meanwhile
		gateway.turn(nil)
		o.clock.Advance(time.Minute)
		o.round()
		require.Len(t, gateway.got(), 1)
		require.Equal(t, "moved_on", o.list(notify.Dropped)[0].Error)
	})
}

// What is late is put before the next level: those whom this step of the ladder reached hear of it, and those of
// earlier steps not again.
func TestALateMatterIsToldToTheNextLevel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL, notify.Overdue, notify.Climb)
		li, head, chief := o.account("li", "13800000001"), o.account("head", "13800000002"), o.account("chief", "13800000003")
		m := o.world.matters[o.matter("m1", li)]
		m.Informed = []notify.Told{{Person: head, At: begin.Add(-time.Hour).UnixMilli()}, {Person: chief, At: begin.UnixMilli()}}
		o.world.matters["m1"] = m
		o.happens("m1", "climb", "order-m1")
		o.round()
		require.Len(t, gateway.got(), 1)
		require.Contains(t, gateway.got()[0], "13800000003")
		o.happens("m1", "overdue", "order-m1")
		o.round()
		require.Len(t, gateway.got(), 2)
		require.Contains(t, gateway.got()[1], "13800000001")
	})
}

// Reports that were merged into a matter are told of its steps too, each under its own number.
func TestEverybodyWhoReportedTheSameIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL, notify.Closed)
		m := o.world.matters[o.matter("m1", "")]
		m.Quiet = true
		m.Others = []notify.Report{{Incident: "m2", Number: "second"}, {Incident: "m3", Number: "third", Quiet: true}, {Incident: "m4", Number: "fourth"}}
		o.world.matters["m1"] = m
		o.world.phones["m2"], o.world.phones["m4"] = "13800000022", "13800000044"
		o.happens("m1", "close", "")
		o.round()
		got := strings.Join(gateway.got(), "\n")
		require.Len(t, gateway.got(), 2, got)
		for _, word := range []string{"13800000022", "second", "13800000044", "fourth"} {
			require.Contains(t, got, word)
		}
	})
}
