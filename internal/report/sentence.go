package report

// sentences say what a brief says in numbers, as somebody would who reports to a meeting.
func (s speaker) sentences(r Report) []string {
	b := r.Brief
	var out []string
	if b.Filling {
		out = append(out, s.Say("report.sentence.filling"))
	}
	if b.Empty {
		return append(out, s.Say("report.sentence.empty_"+string(r.Kind)))
	}
	out = append(out, s.received(r))
	return append(out, s.closing(b), s.promised(b), s.lateness(b), s.visited(b))
}

func (s speaker) received(r Report) string {
	f := find(r.Brief.Headline, "received")
	n := int64(*f.Value)
	text := s.Say("report.sentence.received_"+string(r.Kind), "n", s.count(n))
	for _, one := range []struct {
		key     string
		earlier *float64
	}{{"before_" + string(r.Kind), f.Before}, {"year", f.Year}} {
		var before int64
		if one.earlier != nil {
			before = int64(*one.earlier)
		}
		change, _ := s.change(f, one.earlier)
		switch {
		case before == 0:
			text += s.Say("report.sentence.none_then", "then", s.Say("report.sentence."+one.key))
		case n == before:
			text += s.Say("report.sentence.as_then", "then", s.Say("report.sentence."+one.key))
		case n > before:
			text += s.Say("report.sentence.more_than", "then", s.Say("report.sentence."+one.key), "n", s.count(n-before), "change", change)
		default:
			text += s.Say("report.sentence.fewer_than", "then", s.Say("report.sentence."+one.key), "n", s.count(before-n), "change", change)
		}
	}
	return text + s.Say("report.sentence.stop")
}

func (s speaker) closing(b Brief) string {
	closed := find(b.Headline, "on_closed")
	text := s.Say("report.sentence.closed", "n", s.value("count", closed.Value))
	f := find(b.Headline, "closing")
	if f.Value == nil {
		return text + s.Say("report.sentence.nothing_due")
	}
	in := find(b.Headline, "closing_in_time")
	return text + s.Say("report.sentence.closing", "base", s.count(f.Base), "n", s.count(f.Count), "share", s.share(f.Value), "in_time", s.count(in.Count), "in_time_share", s.share(in.Value))
}

func (s speaker) promised(b Brief) string {
	text := ""
	for _, p := range b.Promises {
		if p.Value == nil {
			text += s.Say("report.sentence.no_" + p.Code)
			continue
		}
		text += s.Say("report.sentence."+p.Code, "base", s.count(p.Base), "n", s.count(p.Count), "share", s.share(p.Value))
		if p.P90 != nil {
			text += s.Say("report.sentence.p90", "span", s.span(*p.P90))
		}
		text += s.Say("report.sentence.stop")
	}
	return text
}

func (s speaker) lateness(b Brief) string {
	if b.Late.Total == 0 {
		return s.Say("report.sentence.no_late")
	}
	text := s.Say("report.sentence.late", "n", s.count(b.Late.Total))
	var causes []string
	for _, c := range b.Late.Causes[:min(3, len(b.Late.Causes))] {
		causes = append(causes, s.Say("report.sentence.cause", "cause", s.Say("kpi.cause."+c.Code), "n", s.count(c.Count)))
	}
	if causes != nil {
		text += s.Say("report.sentence.causes", "causes", s.list(causes))
	}
	return text + s.Say("report.sentence.stop")
}

func (s speaker) visited(b Brief) string {
	f := find(b.Visits, "satisfaction")
	if f.Value == nil {
		return s.Say("report.sentence.not_rated")
	}
	solved := find(b.Visits, "resolution")
	return s.Say("report.sentence.rated", "base", s.count(f.Base), "n", s.count(f.Count), "share", s.share(f.Value), "solved", s.share(solved.Value))
}

func find(list []Figure, code string) Figure {
	for _, f := range list {
		if f.Code == code {
			return f
		}
	}
	zero := 0.0
	return Figure{Code: code, Unit: "count", Value: &zero}
}
