package geoapi

import (
	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/perm"
)

// The collections. Beside all areas there is one collection a level, because GIS programs show a collection as a layer.
const (
	areasID     = "areas"
	incidentsID = "incidents"
)

// Collection is a list of features.
type Collection struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	ItemType    string   `json:"itemType"`
	Extent      *Extent  `json:"extent,omitempty"`
	CRS         []string `json:"crs" nullable:"false"`
	Links       []Link   `json:"links" nullable:"false"`
}

// Extent says where the features of a collection lie.
type Extent struct {
	Spatial struct {
		BBox [][]float64 `json:"bbox" nullable:"false" doc:"west, south, east, north"`
		CRS  string      `json:"crs"`
	} `json:"spatial"`
}

const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// layer is a collection as the program knows it: all areas, those of a level, or incidents.
type layer struct {
	id, title, about string
	level            grid.Level // '' for all
	need             []authz.Permission
}

var levelTitles = map[grid.Level]string{grid.City: "市 Cities", grid.District: "区县 Districts", grid.Street: "街道（镇） Streets",
	grid.Community: "社区 Communities", grid.Grid: "网格 Grids", grid.Microgrid: "微网格 Micro-grids"}

var (
	seeAreas     = []authz.Permission{perm.AreaRead, perm.AreaManage}
	seeIncidents = []authz.Permission{perm.IncidentRead, perm.FiguresRead}
	seeAny       = append(append([]authz.Permission{}, seeAreas...), seeIncidents...)
)

// areaLayers are the collections of areas, for whoever has one of some permissions; without any, for anybody.
func areaLayers(need ...authz.Permission) []layer {
	const about = "Boundaries as they hold now, or as they were at the end of datetime. 当前边界，或 datetime 时刻的边界。"
	list := []layer{{areasID, "区域 Areas", about, "", need}}
	for _, level := range grid.Levels {
		list = append(list, layer{areasID + "-" + string(level), levelTitles[level], about, level, need})
	}
	return list
}

// layers are all collections behind a sign-in.
var layers = append(areaLayers(seeAreas...), layer{incidentsID, "事件 Incidents",
	"Incidents within your scope that were received in datetime, newest first. 您权限范围内、在 datetime 内收到的事件。", "", seeIncidents})

// openLayers are the collections for anybody.
var openLayers = append(areaLayers(), layer{incidentsID, "公开事件 Incidents, open data",
	"Everyday matters of public categories, without words, at the middle of their micro-grid. 公共类别的日常事项，不含文字，位置为所在微网格中心。", "", nil})

// layerOf finds a collection that the actor may see. A collection that there is but not for them is forbidden.
func layerOf(list []layer, actor authz.Actor, id string) (layer, error) {
	for _, l := range list {
		if l.id != id {
			continue
		}
		if !l.may(actor) {
			return layer{}, fault.New(fault.Forbidden, "forbidden")
		}
		return l, nil
	}
	return layer{}, fault.Missing("collection")
}

func (l layer) may(actor authz.Actor) bool {
	for _, p := range l.need {
		if actor.Can(p) {
			return true
		}
	}
	return len(l.need) == 0
}

// extent is the box around the areas, nil where none has a boundary.
func (s *Service) extent() *Extent {
	var box *geo.Box
	for _, a := range s.Areas.Tree().Outline() {
		b := a.Shape.Bounds()
		if box == nil {
			box = &b
			continue
		}
		*box = geo.Box{West: min(box.West, b.West), South: min(box.South, b.South), East: max(box.East, b.East), North: max(box.North, b.North)}
	}
	if box == nil {
		return nil
	}
	var e Extent
	e.Spatial.BBox, e.Spatial.CRS = [][]float64{{box.West, box.South, box.East, box.North}}, crs84
	return &e
}
