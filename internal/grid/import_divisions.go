package grid

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"unicode/utf8"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// DivisionOptions choose what to take from the statistical division tables.
type DivisionOptions struct {
	District string // six-digit code, e.g. "510118"
	DryRun   bool
}

// maxTable bounds one division table, unpacked: all villages of the country are 40 MB.
const maxTable = 256 << 20

// ImportDivisions reads codes and names without boundaries of one district, with its city, streets and communities,
// from the tables provinces.csv, cities.csv, areas.csv, streets.csv and villages_<district>.csv or villages.csv, each
// also as .csv.gz. What exists already keeps its name. Faults: invalid with the fields, forbidden.
func (s *Service) ImportDivisions(ctx context.Context, actor authz.Actor, files fs.FS, o DivisionOptions) (ImportReport, error) {
	var rep ImportReport
	var f fault.Fields
	o.District = checkCode(&f, "district", o.District)
	if err := f.Err(); err != nil {
		return rep, err
	}
	items, err := readDivisions(files, o.District)
	if err != nil {
		return rep, err
	}
	err = s.change(ctx, func(t *Tree, at int64) (plan, error) {
		rep = ImportReport{Total: len(items)}
		b := newImporter(t, at, &rep)
		b.add(items)
		// The tables draw nothing: what they hang under another parent may come piece by piece.
		return s.imported(actor, t, b, ImportOptions{DryRun: o.DryRun, Source: "divisions", Partial: true})
	})
	return rep, err
}

// readDivisions collects the city, the district, its streets and their communities.
func readDivisions(files fs.FS, district string) ([]item, error) {
	var items []item
	city, province := "", ""
	take := func(level Level, code, name, parent string) {
		items = append(items, item{code: code, name: name, level: level, parent: parent, keepName: true, at: string(level) + "[" + code + "]."})
	}
	name := map[string]string{}
	err := readTable(files, []string{"areas.csv"}, []string{"code", "name", "cityCode", "provinceCode"}, func(row map[string]string) {
		if row["code"] == district {
			city, province, name[district] = row["cityCode"], row["provinceCode"], row["name"]
		}
	})
	if err == nil && city == "" {
		err = fileFault("areas.csv", "import.district_unknown", "code", district)
	}
	if err == nil {
		err = readTable(files, []string{"cities.csv"}, []string{"code", "name"}, func(row map[string]string) { name[row["code"]] = row["name"] })
	}
	code := city + "00"
	switch name[city] { // what stands in the place of a city there: the province is one itself
	case "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划":
		code = province + "0000"
		if err == nil {
			err = readTable(files, []string{"provinces.csv"}, []string{"code", "name"}, func(row map[string]string) {
				if row["code"] == province {
					name[city] = row["name"]
				}
			})
		}
	}
	if err != nil {
		return nil, err
	}
	take(City, code, name[city], "")
	take(District, district, name[district], code)
	err = readTable(files, []string{"streets.csv"}, []string{"code", "name", "areaCode"}, func(row map[string]string) {
		if row["areaCode"] == district {
			take(Street, row["code"], row["name"], district)
		}
	})
	if err != nil {
		return nil, err
	}
	villages := []string{"villages_" + district + ".csv", "villages.csv"}
	err = readTable(files, villages, []string{"code", "name", "streetCode", "areaCode"}, func(row map[string]string) {
		if row["areaCode"] == district {
			take(Community, row["code"], row["name"], row["streetCode"])
		}
	})
	if err != nil {
		return nil, err
	}
	var f fault.Fields
	seen := map[levelCode]bool{}
	for _, it := range items {
		checkArea(&f, it.at, Area{Code: it.code, Name: it.name, Level: it.level})
		if k := (levelCode{it.level, it.code}); seen[k] {
			f.Add(it.at+"code", "import.code_twice", "code", it.code)
		} else {
			seen[k] = true
		}
	}
	return items, f.Err()
}

func fileFault(name, code string, params ...any) error {
	var f fault.Fields
	f.Add(name, code, params...)
	return f.Err()
}

// readTable calls each with every row of the first table that is there, by the names in its first line.
func readTable(files fs.FS, names, columns []string, each func(row map[string]string)) error {
	for _, name := range names {
		for _, ending := range []string{"", ".gz"} {
			raw, err := fs.ReadFile(files, name+ending)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err == nil && ending != "" {
				raw, err = unpack(raw)
			}
			if err != nil {
				return fileFault(name+ending, "import.file_unreadable")
			}
			return parseTable(name+ending, raw, columns, each)
		}
	}
	return fileFault(names[0], "import.file_missing")
}

func unpack(raw []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxTable+1))
	if err == nil && len(out) > maxTable {
		err = fmt.Errorf("more than %d bytes", maxTable)
	}
	return out, err
}

func parseTable(name string, raw []byte, columns []string, each func(row map[string]string)) error {
	if !utf8.Valid(raw) {
		return fileFault(name, "field.utf8")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return fileFault(name, "import.csv_malformed", "line", 1)
	}
	index := map[string]int{}
	for i, column := range head {
		index[column] = i
	}
	for _, column := range columns {
		if _, ok := index[column]; !ok {
			return fileFault(name, "import.column_missing", "column", column)
		}
	}
	for line := 2; ; line++ {
		record, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fileFault(name, "import.csv_malformed", "line", line)
		}
		row := make(map[string]string, len(columns))
		for _, column := range columns {
			row[column] = record[index[column]]
		}
		each(row)
	}
}
