package flow

import "gezhi/internal/kit/jsontext"

// AppendJSON writes the ask as encoding/json would. Asks are three quarters of a list of items.
func (a Ask) AppendJSON(w *jsontext.Writer) {
	w.Open('{')
	w.Text("name", a.Name)
	w.Text("type", string(a.Type))
	w.Flag("required", a.Required)
	if len(a.Options) > 0 {
		w.Key("options")
		jsontext.List(w, a.Options, func(w *jsontext.Writer, o Option) {
			w.Open('{')
			w.Text("value", o.Value)
			w.SomeText("label", o.Label)
			if o.Absent != nil {
				w.Key("absent")
				w.Value(o.Absent)
			}
			w.Close('}')
		})
	}
	switch v := a.Proposed.(type) {
	case nil:
	case string:
		w.Text("proposed", v)
	default:
		w.Key("proposed")
		w.Value(v)
	}
	w.SomeNumber("max", int64(a.Max))
	w.SomeNumber("min", int64(a.Min))
	w.SomeText("of", a.Of)
	w.Close('}')
}
