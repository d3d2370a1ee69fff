package people

import (
	"gezhi/internal/kit/authz"
	"gezhi/internal/perm"
)

// SeedRoles are the roles that every installation begins with. Administrators may change what they may do; the codes
// stay, because rules and other systems refer to them.
func SeedRoles() []Role {
	org := []authz.Permission{perm.AreaRead, perm.UnitRead}
	handler := []authz.Permission{perm.IncidentRead, perm.IncidentReport, perm.IncidentHandle, perm.IncidentNote, perm.ReporterView}
	roles := []Role{
		{Code: "duty", NameZh: "值班员", NameEn: "Duty officer", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentReport, perm.IncidentTriage, perm.IncidentDispatch, perm.IncidentCheck,
			perm.IncidentClose, perm.IncidentNote, perm.ReporterView, perm.ReporterCall, perm.WindowServe,
			perm.ExtensionApprove, perm.IncidentSupervise, perm.IncidentEscalate, perm.DutyRead, perm.ShiftManage, perm.DirectiveRead, perm.DirectiveSend,
			perm.FiguresRead, perm.ReportManage, perm.NoticePublish, perm.VideoRead)},
		{Code: "station", NameZh: "工作站人员", NameEn: "Station staff", Reach: authz.ReachUnit, Permissions: join(join(org, handler...), perm.IncidentEscalate, perm.FiguresRead, perm.VideoRead)},
		{Code: "grid_head", NameZh: "网格长", NameEn: "Grid head", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentReport, perm.IncidentCheck, perm.IncidentHandle, perm.IncidentNote, perm.IncidentEscalate, perm.DirectiveRead,
			perm.FiguresRead)},
		{Code: "grid_instructor", NameZh: "网格指导员", NameEn: "Grid instructor", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentNote, perm.DirectiveRead)},
		{Code: "grid_worker", NameZh: "专职网格员", NameEn: "Grid worker", Reach: authz.ReachBoth, Permissions: join(org,
			perm.IncidentRead, perm.IncidentReport, perm.IncidentHandle, perm.IncidentCheck, perm.IncidentNote, perm.ReporterView)},
		{Code: "functional_worker", NameZh: "职能网格员", NameEn: "Functional grid worker", Reach: authz.ReachBoth, Permissions: join(org, handler...)},
		{Code: "microgrid_worker", NameZh: "微网格员", NameEn: "Micro-grid worker", Reach: authz.ReachBoth, Permissions: join(org, handler...)},
		{Code: "grid_supervisor", NameZh: "网格监督员", NameEn: "Grid supervisor", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentReport, perm.IncidentNote, perm.IncidentCheck, perm.IncidentReview, perm.DirectiveRead,
			perm.FiguresRead)},
		{Code: "department", NameZh: "职能部门人员", NameEn: "Department staff", Reach: authz.ReachUnit, Permissions: join(join(org, handler...), perm.FiguresRead)},
		{Code: "police", NameZh: "民警", NameEn: "Police officer", Reach: authz.ReachUnit, Permissions: join(join(org, handler...), perm.FiguresRead)},
		{Code: "mediator", NameZh: "调解员", NameEn: "Mediator", Reach: authz.ReachUnit, Permissions: join(join(org, handler...), perm.FiguresRead)},
		{Code: "unit_head", NameZh: "单位负责人", NameEn: "Head of a unit", Reach: authz.ReachUnit, Permissions: join(join(org, handler...), perm.IncidentApprove,
			perm.DutyRead, perm.ShiftManage, perm.FiguresRead)},
		{Code: "volunteer", NameZh: "志愿者", NameEn: "Volunteer", Reach: authz.ReachUnit, Permissions: []authz.Permission{
			perm.AreaRead, perm.IncidentRead, perm.IncidentReport}},
		{Code: "window", NameZh: "窗口人员", NameEn: "Service window clerk", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentReport, perm.IncidentNote, perm.ReporterView, perm.WindowServe,
			perm.FiguresRead)},
		{Code: "leader", NameZh: "领导", NameEn: "Leader", Reach: authz.ReachArea, Permissions: join(org,
			perm.IncidentRead, perm.IncidentClose, perm.IncidentCheck, perm.IncidentDispatch, perm.IncidentNote,
			perm.ExtensionApprove, perm.ExtensionApproveAgain, perm.IncidentSupervise, perm.IncidentEscalate, perm.IncidentDefer,
			perm.DutyRead, perm.ShiftManage, perm.DirectiveRead, perm.DirectiveSend, perm.FiguresRead, perm.ReportManage, perm.NoticePublish, perm.VideoRead)},
		{Code: "system_admin", NameZh: "系统管理员", NameEn: "System administrator", Reach: authz.ReachNone, Permissions: join(org,
			perm.AreaManage, perm.UnitManage, perm.CategoryManage, perm.RuleManage, perm.SettingsManage, perm.WindowManage, perm.ClockManage, perm.VideoManage)},
		{Code: "security_admin", NameZh: "安全管理员", NameEn: "Security administrator", Reach: authz.ReachNone, Permissions: join(org,
			perm.AccountRead, perm.AccountManage, perm.RoleManage)},
		{Code: "audit_admin", NameZh: "审计管理员", NameEn: "Audit administrator", Reach: authz.ReachNone,
			Permissions: []authz.Permission{perm.AuditRead}},
		{Code: PartnerRole, NameZh: "接入系统", NameEn: "Partner system", Reach: authz.ReachArea,
			Permissions: []authz.Permission{perm.IncidentReport}},
	}
	for i := range roles {
		roles[i].Sort = int64(i+1) * 10
	}
	return roles
}

func join(first []authz.Permission, rest ...authz.Permission) []authz.Permission {
	return append(append([]authz.Permission{}, first...), rest...)
}
