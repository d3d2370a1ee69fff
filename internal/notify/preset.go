package notify

import "slices"

// presetNames are what a sender can be made from.
var presetNames = []string{"sms", "wecom", "dingtalk", "webhook"}

var jsonHeader = []Header{{"Content-Type", "application/json; charset=utf-8"}}

// Presets returns a filled-in form for each kind of receiver. Only the secret, and for a gateway the address, is left
// to be set.
func Presets() []Config {
	staff := []string{Order, Overdue, Climb}
	return []Config{
		{Preset: "sms", Audience: ToPhone, Method: "POST", URL: "https://", Headers: slices.Clone(jsonHeader), Lang: "zh-CN",
			Body:    `{"mobile":"{to}","content":"{text}","request_id":"{id}","apikey":"{secret}"}`,
			Notices: []string{Order, Overdue, Climb, Accepted, Sent, Arrived, Handled, Closed, Rejected, LostCode}},
		{Preset: "wecom", Audience: ToGroup, Method: "POST", URL: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={secret}", Headers: slices.Clone(jsonHeader),
			Lang: "zh-CN", Body: `{"msgtype":"text","text":{"content":"{text}"}}`, OKField: "errcode", OKValue: "0", Notices: staff},
		{Preset: "dingtalk", Audience: ToGroup, Method: "POST", URL: "https://oapi.dingtalk.com/robot/send?access_token={secret}&timestamp={timestamp}&sign={sign}", Headers: slices.Clone(jsonHeader),
			Lang: "zh-CN", Body: `{"msgtype":"text","text":{"content":"{text}"}}`, OKField: "errcode", OKValue: "0", Notices: staff},
		{Preset: "webhook", Audience: ToGroup, Method: "POST", URL: "https://", Headers: append(slices.Clone(jsonHeader), Header{"X-Gezhi-Id", "{id}"}), Lang: "zh-CN",
			Body: `{"id":"{id}","notice":"{notice}","number":"{number}","link":"{link}","time":"{time}","text":"{text}"}`, Notices: staff},
	}
}
