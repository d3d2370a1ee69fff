// Command build makes the base map files from an OpenStreetMap extract:
//
//	go run ./internal/mapview/build -in internal/mapview/osm/chengdu_center.osm.gz -out web/public/basemap
package main

import (
	"flag"
	"fmt"
	"os"

	"gezhi/internal/mapview"
)

func main() {
	in := flag.String("in", "internal/mapview/osm/chengdu_center.osm.gz", "OpenStreetMap XML, gzip")
	out := flag.String("out", "web/public/basemap", "folder for the base map files")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, "base map:", err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	extract, err := mapview.OpenExtract(in)
	if err != nil {
		return err
	}
	return mapview.WriteBasemap(extract, out)
}
