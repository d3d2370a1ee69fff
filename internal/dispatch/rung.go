package dispatch

// Rung returns who stands on a rung for a matter now, also where nobody of them is on duty; false where there is nobody
// at all. It is for whoever puts a matter before a rung by hand.
func (s *Service) Rung(rung string, c Climb) (Step, bool) {
	f := s.force()
	unit, persons, _ := c.reach(rung, c.At, &f)
	return Step{Rung: rung, UnitID: unit, PersonIDs: persons, At: c.At}, unit != "" || len(persons) > 0
}
