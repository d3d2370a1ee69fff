package demo

import (
	"context"

	"gezhi/internal/incident"
)

// phrases are the sentences that the demo's office keeps ready.
var phrases = []incident.Phrase{
	{Use: "call", Text: "您好，锦云街道基层治理中心，请问发生了什么事？"},
	{Use: "call", Text: "请告诉我最近的路口、小区或店铺名称，方便我们定位。"},
	{Use: "call", Text: "现场有没有人受伤？请先到安全的地方。"},
	{Use: "call", Text: "已为您登记，编号稍后读给您，可凭查询码了解进度。"},
	{Use: "note", Text: "已与来电人核实位置。"},
	{Use: "note", Text: "电话无人接听，稍后再联系。"},
	{Use: "note", Text: "请办理单位到场后先拍照，再处置。"},
	{Use: "answer", Text: "您反映的问题已办理完成，感谢您对社区治理的支持。"},
	{Use: "answer", Text: "此事需要进一步协调，预计三个工作日内答复您。"},
	{Use: "answer", Text: "经核实，此事不属于本街道职责，建议联系主管部门，我们已将联系方式告知您。"},
	{Use: "result", Text: "现场已清理完毕，恢复整洁。"},
	{Use: "result", Text: "已现场劝导，当事人表示配合并当场整改。"},
	{Use: "result", Text: "设施已修复，经测试正常。"},
	{Use: "result", Text: "双方已达成一致，现场平息。"},
	{Use: "reason", Text: "不属于本单位职责范围。"},
	{Use: "reason", Text: "地点有误，不在本单位辖区。"},
	{Use: "reason", Text: "现场未发现所反映的情况。"},
	{Use: "reason", Text: "处置不到位，请继续办理。"},
}

// makePhrases keeps the office's quick phrases.
func (s Services) makePhrases(ctx context.Context, _ plan) error {
	for _, p := range phrases {
		if _, err := s.Incident.AddPhrase(ctx, machine, p); err != nil {
			return err
		}
	}
	return nil
}
