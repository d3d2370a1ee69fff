package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
)

// importer is the actor of what a person at a terminal imports.
var importer = authz.System("import")

type importCmd struct {
	Areas     importAreasCmd     `cmd:"" help:"Areas with boundaries from a GeoJSON file. Codes that exist already are redrawn."`
	Divisions importDivisionsCmd `cmd:"" help:"Codes and names of a district, its streets and communities from the statistical division tables."`
	Incidents importIncidentsCmd `cmd:"" help:"Past reports from a table, each row an incident. Repeating it, or going on after a crash, takes no row twice."`
}

type importAreasCmd struct {
	File          string   `arg:"" help:"GeoJSON file."`
	Datum         string   `required:"" help:"Datum of the file: wgs84, cgcs2000, gcj02 (Amap, Tencent) or bd09 (Baidu)."`
	Level         string   `help:"Level of all areas of the file: city, district, street, community, grid or microgrid. Default: what each area's property 'level' says."`
	Kind          string   `help:"Kind of areas that name none."`
	Parent        string   `help:"Code of the area under which areas go that name no parent."`
	CityCode      string   `help:"Code of the city under which districts go; the city is made when it is missing."`
	CityName      string   `help:"Name of that city."`
	CodeField     string   `help:"Property with the code. Default: code, adcode or id."`
	NameField     string   `help:"Property with the name. Default: name."`
	LevelField    string   `help:"Property with the level. Default: level."`
	ParentField   string   `help:"Property with the code of the parent. Default: parent."`
	Tolerance     *float64 `help:"Slivers up to this many metres wide pass and are reported. Default: 1."`
	ToleranceArea *float64 `help:"Gaps and overlaps up to this many square metres pass and are reported. Default: 10."`
	Partial       bool     `help:"The file draws only some of the areas: gaps pass and are reported."`
	DryRun        bool     `help:"Check and report only."`
}

// Run imports the areas, or changes nothing and says where they do not fit together.
func (cmd *importAreasCmd) Run(ctx context.Context) error {
	file, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer file.Close()
	a, err := open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	tolerance := grid.DefaultTolerance
	if cmd.Tolerance != nil {
		tolerance.Width = *cmd.Tolerance
	}
	if cmd.ToleranceArea != nil {
		tolerance.Area = *cmd.ToleranceArea
	}
	rep, err := a.Grid.ImportAreas(ctx, importer, file, grid.ImportOptions{
		Datum: cmd.Datum, Level: grid.Level(cmd.Level), Kind: cmd.Kind, Parent: cmd.Parent, CityCode: cmd.CityCode, CityName: cmd.CityName,
		CodeField: cmd.CodeField, NameField: cmd.NameField, LevelField: cmd.LevelField, ParentField: cmd.ParentField,
		Tolerance: &tolerance, Partial: cmd.Partial, Source: filepath.Base(cmd.File), DryRun: cmd.DryRun,
	})
	if len(rep.Refused) > 0 {
		printFindings(os.Stdout, "refused", rep.Refused)
		return fmt.Errorf("nothing was changed: %d places do not fit together, see above; correct the file, or let small ones pass with "+
			"--tolerance METRES (slivers up to this width) and --tolerance-area M2, and gaps with --partial", len(rep.Refused))
	}
	if err != nil {
		return importFault(err)
	}
	printFindings(os.Stdout, "tolerated", rep.Tolerated)
	printImport(os.Stdout, rep, cmd.DryRun)
	return nil
}

type importDivisionsCmd struct {
	Folder   string `arg:"" help:"Folder with provinces.csv, cities.csv, areas.csv, streets.csv and villages_CODE.csv or villages.csv, each also as .csv.gz." type:"existingdir"`
	District string `required:"" help:"Six-digit code of the district, e.g. 510118."`
	DryRun   bool   `help:"Check and report only."`
}

// Run imports the codes and names.
func (cmd *importDivisionsCmd) Run(ctx context.Context) error {
	a, err := open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	rep, err := a.Grid.ImportDivisions(ctx, importer, os.DirFS(cmd.Folder), grid.DivisionOptions{District: cmd.District, DryRun: cmd.DryRun})
	if err != nil {
		return importFault(err)
	}
	printImport(os.Stdout, rep, cmd.DryRun)
	return nil
}

func printImport(w io.Writer, rep grid.ImportReport, dry bool) {
	verb := "imported"
	if dry {
		verb = "dry run, nothing changed; would be"
	}
	fmt.Fprintf(w, "%s: %d areas in the file, %d created, %d redrawn, %d renamed, %d moved, %d unchanged, %d places tolerated\n",
		verb, rep.Total, rep.Created, rep.Redrawn, rep.Renamed, rep.Moved, rep.Unchanged, len(rep.Tolerated))
	if n := len(rep.Roots); n > 0 {
		fmt.Fprintf(w, "%d districts stand at the top because their city is not known; repeat with --city-code and --city-name, or import the divisions, to put them under one\n", n)
	}
}

// printFindings lists places with both positions: in WGS-84 for our map, in the file's datum for whoever corrects it.
func printFindings(w io.Writer, what string, list []grid.Finding) {
	for _, f := range list {
		kind := f.Kind
		if f.Fault != "" {
			kind += " (" + f.Fault + ")"
		}
		names := make([]string, len(f.Areas))
		for i, a := range f.Areas {
			names[i] = a.Name + " " + a.Code
		}
		fmt.Fprintf(w, "%s: %s of %.0f m2, %.1f m wide, at %.6f,%.6f (in the file %.6f,%.6f): %s", what, kind, f.Size, f.Width,
			f.At.Lon, f.At.Lat, f.InFile.Lon, f.InFile.Lat, strings.Join(names, ", "))
		if f.Parent != "" {
			fmt.Fprintf(w, " under %s", f.Parent)
		}
		fmt.Fprintln(w)
	}
}

// importFault says that a refused import left everything as it was.
func importFault(err error) error {
	if _, ok := fault.As(err); ok {
		return errors.New("nothing was changed: " + explain(err))
	}
	return err
}
