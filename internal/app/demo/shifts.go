package demo

import (
	"context"
	"slices"
	"time"

	"gezhi/internal/duty"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
)

// The demo's rosters reach so many days back and ahead of the present.
const (
	rosterBack  = 2
	rosterAhead = 14
)

// dutyHours are the three shifts of a day, by the hour at which each begins.
var dutyHours = []struct {
	name string
	from int
}{{"早班", 0}, {"白班", 8}, {"晚班", 16}}

// LoadShifts plans three shifts a day for the centre and the stations, and lets the past ones hand over but for a few.
// It turns the clock and leaves it at until.
func LoadShifts(ctx context.Context, d *duty.Service, dir *people.Directory, clock *Clock, visitor func(account string) bool, until time.Time) error {
	day := until.AddDate(0, 0, -rosterBack)
	midnight := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
	staff := map[string][]string{}
	for _, u := range dir.OpenUnits() {
		switch u.Kind {
		case people.Centre:
			staff[u.ID] = rosterStaff(dir, u.ID, "duty", until, visitor)
		case people.Station:
			staff[u.ID] = rosterStaff(dir, u.ID, "", until, visitor)
		}
	}
	for n, u := range dir.OpenUnits() {
		if len(staff[u.ID]) < len(dutyHours) {
			continue
		}
		clock.Set(midnight.Add(-time.Hour))
		if err := planUnit(ctx, d, u.ID, staff[u.ID], midnight); err != nil {
			return err
		}
		past, err := d.Shifts(ctx, machine, u.ID, midnight.UnixMilli(), until.UnixMilli())
		if err != nil {
			return err
		}
		if err := handOn(ctx, d, clock, past, n); err != nil {
			return err
		}
	}
	clock.Set(until)
	return nil
}

// rosterStaff are the people of a unit who keep its shifts: of one role, or with an empty one all; visitors do not.
func rosterStaff(dir *people.Directory, unit, role string, at time.Time, visitor func(account string) bool) []string {
	var out []string
	for _, p := range dir.PostsOfUnit(unit, at.UnixMilli()) {
		if (role == "" || p.Role == role) && !visitor(p.AccountID) && !slices.Contains(out, p.AccountID) {
			out = append(out, p.AccountID)
		}
	}
	return out
}

// planUnit shares the people of a unit out over the three shifts of a day, and carries that day forward.
func planUnit(ctx context.Context, d *duty.Service, unit string, staff []string, first time.Time) error {
	for k, hours := range dutyHours {
		var members []string
		for n, p := range staff {
			if n%len(dutyHours) == k {
				members = append(members, p)
			}
		}
		from := time.Date(first.Year(), first.Month(), first.Day(), hours.from, 0, 0, 0, first.Location())
		to := time.Date(first.Year(), first.Month(), first.Day(), hours.from+8, 0, 0, 0, first.Location())
		_, err := d.CreateShift(ctx, machine, duty.Shift{Unit: unit, Name: hours.name, From: from.UnixMilli(), To: to.UnixMilli(), Members: members, Leader: members[0]})
		if err != nil {
			return err
		}
	}
	_, err := d.CopyShifts(ctx, machine, duty.Copy{Unit: unit, From: first.Format(time.DateOnly), Days: 1,
		Until: first.AddDate(0, 0, rosterBack+rosterAhead).Format(time.DateOnly)})
	return err
}

// notes are what shifts leave to the next, in turn.
var notes = []string{
	"夜市占道已劝离，请接班后 19 点再巡一次。", "三号楼电梯检修，预计明早恢复，已张贴告示。", "无特殊情况，设备、记录本齐全。",
	"排水井围挡未撤，等市政更换井盖，请继续留意。", "一起邻里纠纷约定明天上午调解，双方已通知。", "巡逻车已加油，对讲机三号电量低，请充电。",
}

// handOn lets the shifts that are over hand over to the next, but for one of every third unit.
func handOn(ctx context.Context, d *duty.Service, clock *Clock, shifts []duty.Shift, unit int) error {
	for n, shift := range shifts[:max(len(shifts)-1, 0)] { // the last one goes on
		if unit%3 == 0 && n == len(shifts)-2 {
			continue
		}
		clock.Set(time.UnixMilli(shift.To).Add(-4 * time.Minute))
		h, err := d.HandOver(ctx, authz.Actor{AccountID: shift.Leader, Machine: true}, shift.ID, notes[(n+unit)%len(notes)])
		if err != nil {
			return err
		}
		clock.Set(time.UnixMilli(shift.To))
		if _, err := d.TakeOver(ctx, authz.Actor{AccountID: shifts[n+1].Leader, Machine: true}, h.ID, ""); err != nil {
			return err
		}
	}
	return nil
}
