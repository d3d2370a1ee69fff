// Package perm lists the permissions: every verb that a role may hold and a route or a workflow may ask for.
package perm

import "gezhi/internal/kit/authz"

// The permissions, by concept.
const (
	IncidentRead          authz.Permission = "incident.read"           // see incidents in scope
	IncidentReport        authz.Permission = "incident.report"         // report an incident
	IncidentTriage        authz.Permission = "incident.triage"         // verify, accept, reject, void, place
	IncidentDispatch      authz.Permission = "incident.dispatch"       // send orders, withdraw them, add units
	IncidentHandle        authz.Permission = "incident.handle"         // claim, accept, arrive, handle, return an order
	IncidentApprove       authz.Permission = "incident.approve"        // approve the replies of the own unit before they go out
	IncidentCheck         authz.Permission = "incident.check"          // check what others handled
	IncidentReview        authz.Permission = "incident.review"         // rate how a matter was handled
	IncidentClose         authz.Permission = "incident.close"          // answer, close, follow up, reopen
	IncidentNote          authz.Permission = "incident.note"           // write on the timeline
	IncidentSupervise     authz.Permission = "incident.supervise"      // supervise, call a joint study and decide it
	IncidentEscalate      authz.Permission = "incident.escalate"       // put a matter before a higher rung
	IncidentDefer         authz.Permission = "incident.defer"          // set a matter aside
	ExtensionApprove      authz.Permission = "extension.approve"       // decide about a first extension, and about suspensions
	ExtensionApproveAgain authz.Permission = "extension.approve_again" // decide about further extensions
	ReporterView          authz.Permission = "reporter.view"           // see a reporter in full, with a purpose
	ReporterCall          authz.Permission = "reporter.call"           // see a confidential reporter: only the centre

	AreaRead   authz.Permission = "area.read"
	AreaManage authz.Permission = "area.manage"
	UnitRead   authz.Permission = "unit.read"
	UnitManage authz.Permission = "unit.manage"

	AccountRead   authz.Permission = "account.read"
	AccountManage authz.Permission = "account.manage"
	RoleManage    authz.Permission = "role.manage"

	SettingsManage authz.Permission = "settings.manage"
	CategoryManage authz.Permission = "category.manage"
	RuleManage     authz.Permission = "rule.manage"
	AuditRead      authz.Permission = "audit.read"
	ClockManage    authz.Permission = "clock.manage" // keep limits of time, calendars and office hours

	WindowServe  authz.Permission = "window.serve"  // draw, call and serve numbers at the windows
	WindowManage authz.Permission = "window.manage" // make, change and remove windows

	DutyRead    authz.Permission = "duty.read"    // see who is on duty, and where they are
	ShiftManage authz.Permission = "shift.manage" // plan the shifts of units

	DirectiveRead authz.Permission = "directive.read" // see directives over the own areas
	DirectiveSend authz.Permission = "directive.send" // send directives to everybody in the own areas

	FiguresRead   authz.Permission = "figures.read"   // see the command screen and the figures of the own areas and units
	ReportManage  authz.Permission = "report.manage"  // keep schedules of reports and shared tables
	NoticePublish authz.Permission = "notice.publish" // publish notices to screens, phones and residents

	VideoRead   authz.Permission = "video.read"   // see the cameras of the own areas and units
	VideoManage authz.Permission = "video.manage" // keep the register of cameras
)

// All lists every permission in the order in which a matrix shows them.
var All = []authz.Permission{
	IncidentRead, IncidentReport, IncidentTriage, IncidentDispatch, IncidentHandle, IncidentApprove, IncidentCheck,
	IncidentReview, IncidentClose, IncidentNote, IncidentSupervise, IncidentEscalate, IncidentDefer, ExtensionApprove, ExtensionApproveAgain, ReporterView, ReporterCall, AreaRead, AreaManage, UnitRead, UnitManage, AccountRead, AccountManage,
	RoleManage, SettingsManage, CategoryManage, RuleManage, ClockManage, AuditRead,
	WindowServe, WindowManage,
	DutyRead, ShiftManage, DirectiveRead, DirectiveSend, FiguresRead, ReportManage, NoticePublish,
	VideoRead, VideoManage,
}
