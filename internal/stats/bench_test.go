package stats_test

import (
	"testing"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/geo"
)

// BenchmarkCount counts 64 incidents that were just reported, in places of their own, as a batch of the feed under load
// does.
func BenchmarkCount(b *testing.B) {
	d := newDesk(b, dbtest.Lite(b))
	for b.Loop() {
		b.StopTimer()
		var ids []string
		for n := range 64 {
			at := []geo.Point{incidenttest.InMicro1, incidenttest.InMicro2, incidenttest.InMicro3}[n%3]
			ids = append(ids, d.Report("duty", incidenttest.Noise(incidenttest.At(at))).ID)
		}
		b.StartTimer()
		if err := d.DB.Write(bg, d.count(ids...)); err != nil {
			b.Fatal(err)
		}
	}
}
