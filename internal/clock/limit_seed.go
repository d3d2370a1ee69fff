package clock

import (
	"fmt"

	"gezhi/internal/kit/id"
)

// seed is a default limit, for each of its severities; none stands for all.
type seed struct {
	stage      Stage
	category   string
	severities []string
	unit       Unit
	amount     int64
	every      int64
	basis      string
}

const (
	minutesOfHour = 60
	office        = "示例：部门事项按工作时间计"
	manual        = "示例：参照城市管理事项的处置时限"
)

// ordinary severities leave what is major or an emergency to the limits for all categories, which run through the
// night; else a burst pipe at 2 a.m. would wait for the office to open.
var ordinary = []string{"minor", "general"}

// defaults are the limits that a new store begins with. Administrators change all of them. Dispatch within a minute
// and on the scene within five is the promise of the street; the amounts for single categories are what cities
// publish for such matters, and what nobody answers on the street at once counts by working time.
var defaults = []seed{
	{stage: Verify, unit: Hours, amount: 2 * minutesOfHour},
	{stage: Dispatch, unit: Hours, amount: 1, basis: "一分钟派单"},
	{stage: Accept, unit: Hours, amount: 2},
	{stage: Arrive, unit: Hours, amount: 5, basis: "五分钟到场"},
	{stage: Progress, severities: []string{"emergency"}, unit: Hours, amount: 30, every: 30},
	{stage: Progress, severities: []string{"major"}, unit: Hours, amount: 4 * minutesOfHour, every: 4 * minutesOfHour},
	{stage: Handle, unit: WorkingDays, amount: 3},
	{stage: Handle, severities: []string{"major"}, unit: Hours, amount: 24 * minutesOfHour},
	{stage: Handle, severities: []string{"emergency"}, unit: Hours, amount: 4 * minutesOfHour},
	{stage: Check, unit: WorkingDays, amount: 1},
	{stage: Answer, unit: WorkingDays, amount: 1},
	{stage: Total, unit: CalendarDays, amount: 15},
	{stage: Reply, unit: WorkingDays, amount: 1},
	{stage: Reply, severities: []string{"emergency"}, unit: Hours, amount: 30},
	{stage: ReportIn, unit: Hours, amount: minutesOfHour},
	{stage: ReportIn, severities: []string{"emergency"}, unit: Hours, amount: 15},

	{stage: Handle, category: "environment.rubbish", severities: ordinary, unit: WorkingHours, amount: 4 * minutesOfHour, basis: manual},
	{stage: Handle, category: "environment.waste", severities: ordinary, unit: WorkingDays, amount: 2, basis: manual},
	{stage: Handle, category: "environment.sewage", severities: ordinary, unit: WorkingHours, amount: 4 * minutesOfHour, basis: manual},
	{stage: Handle, category: "environment.green", severities: ordinary, unit: WorkingDays, amount: 5, basis: manual},
	{stage: Handle, category: "safety.water", severities: ordinary, unit: WorkingHours, amount: 4 * minutesOfHour, basis: manual},
	{stage: Handle, category: "enforcement.building", severities: ordinary, unit: WorkingDays, amount: 20, basis: manual},
	{stage: Total, category: "enforcement.building", unit: CalendarDays, amount: 45, basis: manual},
	{stage: Handle, category: "petition", severities: ordinary, unit: WorkingDays, amount: 30, basis: "示例：信访事项六十日内办结"},
	{stage: Total, category: "petition", unit: CalendarDays, amount: 60, basis: "示例：信访事项六十日内办结"},

	{stage: Accept, category: "environment", severities: ordinary, unit: WorkingHours, amount: minutesOfHour, basis: office},
	{stage: Accept, category: "enforcement", severities: ordinary, unit: WorkingHours, amount: minutesOfHour, basis: office},
	{stage: Accept, category: "petition", severities: ordinary, unit: WorkingHours, amount: minutesOfHour, basis: office},
	{stage: Accept, category: "livelihood", severities: ordinary, unit: WorkingHours, amount: minutesOfHour, basis: office},
	{stage: Arrive, category: "environment", severities: ordinary, unit: WorkingHours, amount: 2 * minutesOfHour, basis: office},
	{stage: Arrive, category: "enforcement", severities: ordinary, unit: WorkingHours, amount: 2 * minutesOfHour, basis: office},
	{stage: Arrive, category: "enforcement.building", severities: ordinary, unit: WorkingHours, amount: 4 * minutesOfHour, basis: manual},
	{stage: Arrive, category: "petition", severities: ordinary, unit: WorkingDays, amount: 1, basis: office},
	{stage: Arrive, category: "livelihood", severities: ordinary, unit: WorkingHours, amount: 4 * minutesOfHour, basis: office},
	{stage: Accept, category: "dispute", severities: ordinary, unit: Hours, amount: 10},
	{stage: Arrive, category: "dispute", severities: ordinary, unit: Hours, amount: 30},
}

// seeds returns the default limits as rows. Their ids are the same in every installation, so that two nodes that start
// at once do not make them twice.
func seeds() []Limit {
	var out []Limit
	for _, s := range defaults {
		severities := s.severities
		if len(severities) == 0 {
			severities = []string{""}
		}
		for _, severity := range severities {
			out = append(out, Limit{ID: id.Derive("limit", fmt.Sprint(s.stage, " ", s.category, " ", severity)), Basis: s.basis, Stage: s.stage,
				Category: s.category, Severity: severity, Unit: s.unit, Amount: s.amount, Every: s.every, Active: true, Version: 1})
		}
	}
	return out
}
