package demo

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/notice"
)

// onTheBoard are the notices of the demo: one that has ended, one that is shown, one that is planned; their times count from
// the present.
var onTheBoard = []struct {
	notice.Notice
	published, from, until time.Duration
}{
	{notice.Notice{Kind: notice.Plain, Title: "周末便民服务活动", Text: "周六上午九点至十一点，中心广场有磨刀、理发、量血压，欢迎居民前来。",
		TitleEN: "Neighbourhood services on Saturday", TextEN: "On Saturday from 9 to 11, knives are sharpened, hair is cut and blood pressure is measured on the central square. Everybody is welcome.",
		Audiences: []string{notice.Residents, notice.Screens}}, -6 * 24 * time.Hour, -6 * 24 * time.Hour, -2 * 24 * time.Hour},
	{notice.Notice{Kind: notice.Plain, Title: "雨季出行提醒", Text: "本周多雨，请绕开低洼积水的路段。发现积水、井盖松动或树枝垂落，请随时反映。",
		TitleEN: "Rain this week", TextEN: "Rain is expected all week. Please keep away from low roads under water, and tell us about standing water, loose manhole covers or hanging branches.",
		Audiences: notice.Audiences}, -20 * time.Hour, -20 * time.Hour, 3 * 24 * time.Hour},
	{notice.Notice{Kind: notice.Plain, Title: "夜间供水检修", Text: "后天晚上十点至次日早上五点检修供水管道，期间停水。请提前储水。",
		TitleEN: "Water is off at night", TextEN: "Water pipes are repaired from 10 in the evening to 5 in the morning the day after tomorrow. Please store some water before.",
		Audiences: notice.Audiences}, -2 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour},
}

// LoadNotices lets an officer of the centre publish the demo's notices. It turns the clock and leaves it at until.
func LoadNotices(ctx context.Context, n *notice.Service, clock *Clock, officer authz.Actor, until time.Time) error {
	for _, one := range onTheBoard {
		clock.Set(until.Add(one.published))
		one.Notice.From, one.Notice.Until = until.Add(one.from).UnixMilli(), until.Add(one.until).UnixMilli()
		if _, err := n.Publish(ctx, officer, one.Notice, false); err != nil {
			return err
		}
	}
	clock.Set(until)
	return n.Follow(ctx)
}
