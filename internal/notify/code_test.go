package notify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/notify"
)

// count counts the rows of a table.
func (o *office) count(query string) (n int) {
	o.t.Helper()
	require.NoError(o.t, o.db.Read().QueryRowContext(o.t.Context(), query).Scan(&n))
	return n
}

func TestALostCodeGoesToThePhoneThatWasLeftAndNowhereElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL)
		o.matter("m1", "")
		o.world.phones["m1"] = "13800001234"
		require.NoError(t, o.AskForCode(t.Context(), "13800001234", "260302-m1"))
		require.NoError(t, o.AskForCode(t.Context(), "13900009999", "260302-m1"), "the same answer for a phone that reported nothing")
		var kept string
		require.NoError(t, d.Read().QueryRowContext(t.Context(), `SELECT phone || phone_index FROM code_requests ORDER BY id LIMIT 1`).Scan(&kept))
		require.NotContains(t, kept, "1234")
		require.Empty(t, gateway.got(), "nothing is looked up while the asker waits")
		o.round()
		require.Len(t, gateway.got(), 1)
		require.Contains(t, gateway.got()[0], `"mobile":"13800001234"`)
		require.Contains(t, gateway.got()[0], "K7Q2-M9XR-4WTP-8ZHB")
		require.Equal(t, 1, o.count(`SELECT COUNT(*) FROM audit_entries WHERE action = 'reporter.code_sent' AND object_id = 'm1'`))
		require.Equal(t, 0, o.count(`SELECT COUNT(*) FROM code_requests WHERE phone <> ''`), "the phones are forgotten")
	})
}

func TestALostCodeIsToldAFewTimesADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		gateway := receive(t, nil)
		o.sender("sms", gateway.URL)
		o.matter("m1", "")
		o.world.phones["m1"] = "13800001234"
		for range 20 {
			require.NoError(t, o.AskForCode(t.Context(), "13800001234", ""))
		}
		o.round()
		require.Len(t, gateway.got(), 1, "asked twenty times in a minute")
		for range 40 {
			o.clock.Advance(11 * time.Minute)
			require.NoError(t, o.AskForCode(t.Context(), "13800001234", ""))
			o.round()
		}
		require.Len(t, gateway.got(), 5)
	})
}

func TestWhereNoCodeCanBeTold(t *testing.T) {
	o := open(t, dbtest.Lite(t))
	require.True(t, fault.Is(o.AskForCode(t.Context(), "13800001234", ""), "notify.no_codes"))
	o.sender("sms", "https://gateway.example/", notify.Order)
	tells, err := o.TellsCodes(t.Context())
	require.NoError(t, err)
	require.False(t, tells)
	o.sender("sms", "https://gateway.example/", notify.LostCode)
	require.Equal(t, map[string]string{"phone": "field.phone"}, codes(t, o.AskForCode(t.Context(), "call me", "")))
	require.NoError(t, o.AskForCode(t.Context(), "１３８００００１２３４", ""))
}
