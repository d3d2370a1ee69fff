import type { components } from '@/api/schema'

/** The shapes that the server sends, under the names that these pages use. */
type Schemas = components['schemas']

export type UnitView = Schemas['PeopleUnitView']
export type UnitKind = UnitView['kind']
export type AccountView = Schemas['PeopleAccountView']
export type PostView = Schemas['PeoplePostView']
export type RoleView = Schemas['PeopleRoleView']
export type Reach = RoleView['reach']
export type RoleMatrix = Schemas['PeopleRoleMatrix']
export type AuditView = Schemas['PeopleAuditView']
export type AreaView = Schemas['GridAreaView']
export type AreaRef = Schemas['GridAreaRef']
export type Level = AreaRef['level']
export type AreaDetail = Schemas['GridAreaDetail']
export type AreaFeature = Schemas['GridAreaFeature']
export type AreaKind = Schemas['GridAreaKindView']
export type StaffingLine = Schemas['GridStaffingTemplateView']
export type Shortage = Schemas['GridShortageView']
export type PatrolArea = Schemas['GridPatrolView']
export type Finding = Omit<Schemas['GridTopologyFindingView'], 'kind'> & { kind: string }
export type ImportReport = Schemas['GridAreaImportView']
export type Category = Schemas['IncidentCategory']
export type Rule = Schemas['DispatchRule']
export type Target = Rule['target']
export type Trial = Schemas['DispatchRuleTrial']
export type Preview = Schemas['DispatchRulePreview']
