package incident

import (
	"math"

	"gezhi/internal/kit/geo"
)

// The ground is cut into cells of a seven-hundredth of a degree, about 150 m, so that what is near is found by the
// numbers of a few cells. The numbers are kept with the incidents and must never change; migration 0094 has the same.
const (
	cellsPerDegree = 700
	cellsWest      = 200_000
	cellsSouth     = 100_000
	cellRow        = 1_000_000
)

// cellOf returns the cell in which a position lies.
func cellOf(p geo.Point) int64 { return cell(cellIndex(p.Lon), cellIndex(p.Lat)) }

func cellIndex(degrees float64) int64 { return int64(math.Floor(degrees*cellsPerDegree + 0.5)) }

func cell(x, y int64) int64 { return (x+cellsWest)*cellRow + y + cellsSouth }

// cellsIn returns all cells that a rectangle touches.
func cellsIn(b *Box) []any {
	var cells []any
	for x := cellIndex(b.West); x <= cellIndex(b.East); x++ {
		for y := cellIndex(b.South); y <= cellIndex(b.North); y++ {
			cells = append(cells, cell(x, y))
		}
	}
	return cells
}

// cellCentre returns the middle of a cell.
func cellCentre(c int64) geo.Point {
	return geo.Point{Lon: float64(c/cellRow-cellsWest) / cellsPerDegree, Lat: float64(c%cellRow-cellsSouth) / cellsPerDegree}
}

// position returns where the incident lies; false without one.
func (i *Incident) position() (geo.Point, bool) {
	if i.Lon == nil || i.Lat == nil {
		return geo.Point{}, false
	}
	return geo.Point{Lon: *i.Lon, Lat: *i.Lat}, true
}

// cell returns the cell in which the incident lies, nil without a position.
func (i *Incident) cell() any {
	if p, ok := i.position(); ok {
		return cellOf(p)
	}
	return nil
}
