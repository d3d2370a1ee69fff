// Command build draws the ground of the demo from the map extract and writes it where the package ground reads it.
package main

import (
	"fmt"
	"os"

	"gezhi/internal/app/demo/ground/survey"
	"gezhi/internal/mapview"
)

func main() {
	if err := run("internal/mapview/osm/chengdu_center.osm.gz", "internal/app/demo/ground/ground.json"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	extract, err := mapview.OpenExtract(from)
	if err != nil {
		return err
	}
	drawn, err := survey.Draw(extract, survey.Demo)
	if err != nil {
		return fmt.Errorf("draw the ground of the demo: %w", err)
	}
	raw, err := drawn.File.Encode()
	if err != nil {
		return err
	}
	return os.WriteFile(to, raw, 0o644)
}
