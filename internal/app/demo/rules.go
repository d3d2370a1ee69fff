package demo

import (
	"context"
	"slices"

	"gezhi/internal/dispatch"
)

// routed is a rule that the demo's office adds to those that every office begins with, in front of one of them.
type routed struct {
	dispatch.Rule
	before string // name of the rule that it is put in front of
}

const (
	firstOfEnvironment = "城乡环境交城管"
	firstOfEnforcement = "综合执法交城管"
	firstOfOthers      = "其他事项交工作站"
)

var theRules = []routed{
	{dispatch.Rule{Name: "井盖交市政", Category: "environment.manhole", Target: dispatch.Speciality, Value: "municipal", Pool: true}, firstOfEnvironment},
	{dispatch.Rule{Name: "路灯交市政", Category: "environment.light", Target: dispatch.Speciality, Value: "municipal", Pool: true}, firstOfEnvironment},
	{dispatch.Rule{Name: "道路破损交市政", Category: "environment.road", Target: dispatch.Speciality, Value: "municipal", Pool: true}, firstOfEnvironment},
	{dispatch.Rule{Name: "市场食品交市场监管", Category: "enforcement.market", Target: dispatch.Speciality, Value: "market", Pool: true}, firstOfEnforcement},
	{dispatch.Rule{Name: "拖欠工资交劳动保障", Category: "petition.wage", Target: dispatch.Speciality, Value: "labour"}, firstOfOthers},
	{dispatch.Rule{Name: "征地拆迁交城乡建设", Category: "petition.land", Target: dispatch.Speciality, Value: "construction"}, firstOfOthers},
	{dispatch.Rule{Name: "其他信访由中心办理", Category: "petition", Target: dispatch.Centre}, firstOfOthers},
	{dispatch.Rule{Name: "服务关爱交民政", Category: "care", Target: dispatch.Speciality, Value: "civil_affairs"}, firstOfOthers},
	{dispatch.Rule{Name: "住房社保交民政", Category: "livelihood.housing", Target: dispatch.Speciality, Value: "civil_affairs"}, firstOfOthers},
	{dispatch.Rule{Name: "交通出行交交巡警", Category: "livelihood.transport", Target: dispatch.Speciality, Value: "traffic"}, firstOfOthers},
}

// lastOfAll is what nothing else fits; it stands behind all others.
var lastOfAll = dispatch.Rule{Name: "其余事项由中心办理", Target: dispatch.Centre}

// makeRules adds the rules, so that every category goes to whom it belongs.
func (s Services) makeRules(ctx context.Context, _ plan) error {
	order, err := s.Dispatch.List(ctx, machine)
	if err != nil {
		return err
	}
	for _, r := range theRules {
		made, err := s.Dispatch.Create(ctx, machine, r.Rule)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(order, func(o dispatch.Rule) bool { return o.Name == r.before })
		if at < 0 {
			at = len(order)
		}
		order = slices.Insert(order, at, made)
	}
	last, err := s.Dispatch.Create(ctx, machine, lastOfAll)
	if err != nil {
		return err
	}
	order = append(order, last)
	seen := make([]dispatch.SeenRule, len(order))
	for i, r := range order {
		seen[i] = dispatch.SeenRule{ID: r.ID, Version: r.Version}
	}
	_, err = s.Dispatch.Reorder(ctx, machine, seen)
	return err
}

// dispatchByRule lets the rules send by themselves, from the present on: until now the office has looked at what they
// proposed. What is only asked is still answered from the desk.
func (s Services) dispatchByRule(ctx context.Context) error {
	rules, err := s.Dispatch.List(ctx, machine)
	if err != nil {
		return err
	}
	for _, r := range rules {
		if r.Automatic || r.Kind == "enquiry" || r.Kind == "suggestion" {
			continue
		}
		r.Automatic = true
		if _, err := s.Dispatch.Update(ctx, machine, r); err != nil {
			return err
		}
	}
	return nil
}
