// Package backup writes a whole store into one archive and reads it back, whichever engine it came from and goes to:
// every table as lines of JSON from one unchanging view, the files beside them, and a manifest whose digests are
// signed with the key file. The key file itself is never inside.
package backup

// table is one table with the columns that make its key, in the order in which tables can be filled.
type table struct {
	name string
	key  string
	self string // column that refers to another row of the same table
	made bool   // a new store has rows in it by itself
}

// tables lists every table but the search index, which is made anew, and those that are Passing. A test compares it with the schema.
var tables = []table{
	{name: "settings", key: "key", made: true},
	{name: "area_kinds", key: "code", made: true},
	{name: "areas", key: "id", self: "parent_id"},
	{name: "area_shapes", key: "id"},
	{name: "area_lineage", key: "area_id, from_id"},
	{name: "area_changes", key: "id"},
	{name: "area_redraws", key: "id"},
	{name: "area_parents", key: "area_id, until"},
	{name: "staffing_templates", key: "level, kind, role", made: true},
	{name: "patrol_areas", key: "id"},
	{name: "patrol_area_members", key: "patrol_area_id, area_id"},
	{name: "places", key: "id"},
	{name: "roles", key: "code", made: true},
	{name: "units", key: "id", self: "parent_id"},
	{name: "accounts", key: "id"},
	{name: "posts", key: "id"},
	{name: "sessions", key: "id"},
	{name: "preferences", key: "account_id, name"},
	{name: "absences", key: "account_id"},
	{name: "categories", key: "code", made: true},
	{name: "routing_rules", key: "id", made: true},
	{name: "ladders", key: "id", made: true},
	{name: "limits", key: "id", made: true},
	{name: "calendars", key: "id", made: true},
	{name: "calendar_days", key: "calendar_id, day", made: true},
	{name: "office_hours", key: "unit_id"},
	{name: "incidents", key: "id"},
	{name: "orders", key: "incident_id, id"},
	{name: "clocks", key: "incident_id, id"},
	{name: "copies", key: "incident_id, id"},
	{name: "joined", key: "incident_id, member_id"},
	{name: "link_tasks", key: "incident_id, seq, target_id"},
	{name: "entries", key: "incident_id, seq"},
	{name: "outbox", key: "aggregate_id, seq"},
	{name: "feed_heads", key: "topic"},
	{name: "feed", key: "topic, position"},
	{name: "feed_marks", key: "consumer, topic"},
	{name: "leases", key: "name", made: true},
	{name: "kept_answers", key: "id"},
	{name: "files", key: "id"},
	{name: "audit_entries", key: "id"},
	{name: "audit_seals", key: "seq"},
	{name: "anchors", key: "seq"},
	{name: "anchor_heads", key: "incident_id"},
	{name: "presence", key: "incident_id, account_id"},
	{name: "phrases", key: "id"},
	{name: "windows", key: "id"},
	{name: "queue_heads", key: "office_id, day, kind"},
	{name: "queue_numbers", key: "id"},
	{name: "cameras", key: "id"},
	{name: "camera_areas", key: "camera_id, area_id"},
	{name: "camera_streams", key: "camera_id, number"},
	{name: "imports", key: "id"},
	{name: "import_chunks", key: "import_id, seq"},
	{name: "leavings", key: "id"},
	{name: "order_receipts", key: "incident_id, order_id, account_id"},
	{name: "senders", key: "id"},
	{name: "sender_states", key: "sender_id"},
	{name: "bulletins", key: "id"},
	{name: "bulletin_areas", key: "bulletin_id, area_id"},
	{name: "bulletin_reads", key: "bulletin_id, account_id"},
	{name: "bulletin_walls", key: "bulletin_id, wall_id"},
	{name: "walls", key: "id"},
	{name: "notices", key: "id"},
	{name: "messages", key: "id"},
	{name: "code_requests", key: "id"},
	{name: "push_subscriptions", key: "id"},
	{name: "notice_choices", key: "account_id"},
	{name: "counters", key: "street_id, state"},
	{name: "counted", key: "incident_id"},
	{name: "reports", key: "id"},
	{name: "report_schedules", key: "id"},
	{name: "report_runs", key: "schedule_id, from_day"},
	{name: "built_tables", key: "id"},
	{name: "facts", key: "id"},
	{name: "figures", key: "dim, id, day, street_id, parent_id"},
	{name: "figures_state", key: "id", made: true},
	{name: "shifts", key: "id"},
	{name: "shift_members", key: "shift_id, account_id"},
	{name: "shift_turns", key: "account_id"},
	{name: "duty_marks", key: "account_id"},
	{name: "handovers", key: "id"},
	{name: "directives", key: "id"},
	{name: "directive_areas", key: "directive_id, area_id"},
	{name: "directive_receivers", key: "directive_id, account_id"},
}

// Passing are the tables of what is nobody's to keep: where people on duty were last, and lists on their way out, which
// hold for a day and whose files are in no backup either.
var Passing = []string{"duty_positions", "exports"}

func tableNamed(name string) (table, bool) {
	for _, t := range tables {
		if t.name == name {
			return t, true
		}
	}
	return table{}, false
}
