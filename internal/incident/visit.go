package incident

// The kinds of officials who visit, as MISSION XJ-22 counts them apart: leaders of the county, cadres of departments and
// streets, and cadres of villages and communities. Whoever holds no such post any more is among the others.
const (
	CountyOfficial     = "county"
	DepartmentOfficial = "department"
	VillageOfficial    = "village"
	OtherVisitor       = "other"
)

// Officials lists the kinds of officials in the order in which they are shown.
var Officials = []string{CountyOfficial, DepartmentOfficial, VillageOfficial, OtherVisitor}

// VisitCount is what officials of one kind brought home from their visits.
type VisitCount struct {
	Official  string         `json:"official" enum:"county,department,village,other"`
	Visitors  int64          `json:"visitors" doc:"people who brought something"`
	Incidents int64          `json:"incidents"`
	Closed    int64          `json:"closed"`
	By        []VisitorCount `json:"by" nullable:"false" doc:"who brought most first"`
}

// VisitorCount is what one official brought home.
type VisitorCount struct {
	Person    PersonRef `json:"person"`
	Incidents int64     `json:"incidents"`
	Closed    int64     `json:"closed"`
}
