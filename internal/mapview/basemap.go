package mapview

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Attribution is the line that every map made of OpenStreetMap data must show.
const Attribution = "© OpenStreetMap contributors"

// layerFiles fixes which files exist even when a layer is empty, so that the style never asks for a missing one.
var layerFiles = []string{LayerRoads, LayerRails, LayerBuildings, LayerLand, LayerWater, LayerPoints}

// WriteBasemap writes the base map of the extract into a folder: <layer>.geojson, places.json and meta.json
// ({bounds: [west, south, east, north], attribution}). The same extract always gives the same bytes.
func WriteBasemap(extract *Extract, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make base map folder: %w", err)
	}
	layers := extract.Layers()
	for _, name := range layerFiles {
		if err := writeFile(filepath.Join(folder, name+".geojson"), layers[name].write); err != nil {
			return err
		}
	}
	places := struct {
		Attribution string  `json:"attribution"`
		Places      []Place `json:"places"`
	}{Attribution, extract.Places()}
	if err := writeFile(filepath.Join(folder, "places.json"), jsonWriter(places)); err != nil {
		return err
	}
	bound := extract.Bound
	meta := struct {
		Bounds      [4]float64 `json:"bounds"`
		Attribution string     `json:"attribution"`
	}{[4]float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]}, Attribution}
	return writeFile(filepath.Join(folder, "meta.json"), jsonWriter(meta))
}

func jsonWriter(value any) func(io.Writer) error {
	return func(out io.Writer) error { return json.NewEncoder(out).Encode(value) }
}

func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write base map: %w", err)
	}
	if err := write(file); err != nil {
		file.Close()
		return fmt.Errorf("write base map %s: %w", path, err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write base map %s: %w", path, err)
	}
	return nil
}
