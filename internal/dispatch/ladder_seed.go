package dispatch

import (
	"strconv"

	"gezhi/internal/kit/id"
)

// defaultLadders are the ladders that a new store begins with. What the desk itself is late with is for the centre and
// the county; what is late outside climbs from below.
var defaultLadders = []Ladder{
	{Name: "一般事件逐级提醒", Steps: []LadderStep{{RungWorker, 0}, {RungGridHead, 30}, {RungStation, 120}, {RungCentre, 480}, {RungCommand, 2880}}},
	{Name: "重大事件加快提醒", Severity: "major", Steps: []LadderStep{{RungWorker, 0}, {RungGridHead, 10}, {RungStation, 20}, {RungCentre, 60}, {RungCommand, 240}}},
	{Name: "紧急事件立即提醒", Severity: "emergency", Steps: []LadderStep{{RungWorker, 0}, {RungGridHead, 1}, {RungStation, 2}, {RungCentre, 5}, {RungCommand, 10}}},
	{Name: "核实超时报中心", Stage: "verify", Steps: []LadderStep{{RungCentre, 0}, {RungCommand, 120}}},
	{Name: "派单超时报中心", Stage: "dispatch", Steps: []LadderStep{{RungCentre, 0}, {RungCommand, 30}}},
	{Name: "紧急事件派单超时", Stage: "dispatch", Severity: "emergency", Steps: []LadderStep{{RungCentre, 0}, {RungCommand, 2}}},
	{Name: "核查超时报中心", Stage: "check", Steps: []LadderStep{{RungCentre, 0}, {RungCommand, 1440}}},
	{Name: "答复超时报中心", Stage: "answer", Steps: []LadderStep{{RungCentre, 0}, {RungCommand, 1440}}},
}

// ladderSeeds returns the default ladders as rows, with the same ids in every installation.
func ladderSeeds() []Ladder {
	out := make([]Ladder, len(defaultLadders))
	for n, l := range defaultLadders {
		l.ID, l.Active, l.Version = id.Derive("ladder", strconv.Itoa(n+1)), true, 1
		out[n] = l
	}
	return out
}
