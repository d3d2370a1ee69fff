package people_test

import (
	"testing"

	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

// BenchmarkAuthenticate measures what every request pays to know who calls.
func BenchmarkAuthenticate(b *testing.B) {
	f := peopletest.New(b, dbtest.Lite(b))
	f.Account("duty", "duty", people.AddOptions{})
	token := f.Token("duty")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok, err := f.Authenticate(b.Context(), token); err != nil || !ok {
			b.Fatal(ok, err)
		}
	}
}
