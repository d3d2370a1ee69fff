package incident_test

import (
	"gezhi/internal/kit/fault"
)

// fieldsOf returns what a refusal says about each field, as "field code"; nil when it says nothing of fields.
func fieldsOf(err error) []string {
	f, ok := fault.As(err)
	if !ok {
		return nil
	}
	var list []string
	for _, x := range f.Fields {
		list = append(list, x.Field+" "+x.Code)
	}
	return list
}
