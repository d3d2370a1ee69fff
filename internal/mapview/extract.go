// Package mapview knows what maps show: where the incidents of a day lie and how they stand, live and in the course of the
// day, with boundaries and layers; and it turns an OpenStreetMap extract into the files of the base map and the list of
// named places, so that maps and place search work without a network.
package mapview

import (
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/paulmach/orb"
)

// Tags are the key-value pairs of an OpenStreetMap element.
type Tags map[string]string

// Node is a point of the extract. Most nodes only carry the shape of a way and have no tags.
type Node struct {
	ID    int64
	Point orb.Point
	Tags  Tags
}

// Way is a line or a closed ring of nodes.
type Way struct {
	ID    int64
	Nodes []int64
	Tags  Tags
}

// Member is one way's part in a relation; Role is "outer" or "inner" in a multipolygon.
type Member struct {
	Way  int64
	Role string
}

// Relation joins ways into one thing; only multipolygons are kept.
type Relation struct {
	ID      int64
	Members []Member
	Tags    Tags
}

// Extract is a whole OpenStreetMap file in memory, coordinates in WGS-84 degrees.
type Extract struct {
	Bound     orb.Bound
	Nodes     []Node
	Ways      []Way
	Relations []Relation

	points map[int64]orb.Point
	ways   map[int64]*Way
}

// OpenExtract reads a gzip-compressed OpenStreetMap XML file.
func OpenExtract(path string) (*Extract, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open map extract: %w", err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read map extract %s: %w", path, err)
	}
	return ReadExtract(unzipped)
}

type xmlTag struct {
	Key   string `xml:"k,attr"`
	Value string `xml:"v,attr"`
}

func tagsOf(list []xmlTag) Tags {
	if len(list) == 0 {
		return nil
	}
	tags := make(Tags, len(list))
	for _, tag := range list {
		tags[tag.Key] = tag.Value
	}
	return tags
}

// ReadExtract reads OpenStreetMap XML element by element. A file that is cut short is an error.
func ReadExtract(source io.Reader) (*Extract, error) {
	extract := &Extract{points: map[int64]orb.Point{}, ways: map[int64]*Way{}}
	decoder := xml.NewDecoder(source)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("parse map extract: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := extract.element(decoder, start); err != nil {
				return nil, fmt.Errorf("parse map extract: %w", err)
			}
		}
	}
	for i := range extract.Ways {
		extract.ways[extract.Ways[i].ID] = &extract.Ways[i]
	}
	return extract, nil
}

func (e *Extract) element(decoder *xml.Decoder, start xml.StartElement) error {
	switch start.Name.Local {
	case "bounds":
		var bounds struct {
			MinLon float64 `xml:"minlon,attr"`
			MinLat float64 `xml:"minlat,attr"`
			MaxLon float64 `xml:"maxlon,attr"`
			MaxLat float64 `xml:"maxlat,attr"`
		}
		if err := decoder.DecodeElement(&bounds, &start); err != nil {
			return err
		}
		e.Bound = orb.Bound{
			Min: orb.Point{bounds.MinLon, bounds.MinLat},
			Max: orb.Point{bounds.MaxLon, bounds.MaxLat},
		}
	case "node":
		var node struct {
			ID   int64    `xml:"id,attr"`
			Lon  float64  `xml:"lon,attr"`
			Lat  float64  `xml:"lat,attr"`
			Tags []xmlTag `xml:"tag"`
		}
		if err := decoder.DecodeElement(&node, &start); err != nil {
			return err
		}
		point := orb.Point{node.Lon, node.Lat}
		e.points[node.ID] = point
		e.Nodes = append(e.Nodes, Node{ID: node.ID, Point: point, Tags: tagsOf(node.Tags)})
	case "way":
		var way struct {
			ID   int64 `xml:"id,attr"`
			Refs []struct {
				ID int64 `xml:"ref,attr"`
			} `xml:"nd"`
			Tags []xmlTag `xml:"tag"`
		}
		if err := decoder.DecodeElement(&way, &start); err != nil {
			return err
		}
		nodes := make([]int64, len(way.Refs))
		for i, ref := range way.Refs {
			nodes[i] = ref.ID
		}
		e.Ways = append(e.Ways, Way{ID: way.ID, Nodes: nodes, Tags: tagsOf(way.Tags)})
	case "relation":
		return e.relation(decoder, start)
	}
	return nil
}

func (e *Extract) relation(decoder *xml.Decoder, start xml.StartElement) error {
	var relation struct {
		ID      int64 `xml:"id,attr"`
		Members []struct {
			Type string `xml:"type,attr"`
			Ref  int64  `xml:"ref,attr"`
			Role string `xml:"role,attr"`
		} `xml:"member"`
		Tags []xmlTag `xml:"tag"`
	}
	if err := decoder.DecodeElement(&relation, &start); err != nil {
		return err
	}
	tags := tagsOf(relation.Tags)
	if tags["type"] != "multipolygon" {
		return nil
	}
	kept := Relation{ID: relation.ID, Tags: tags}
	for _, member := range relation.Members {
		if member.Type == "way" {
			kept.Members = append(kept.Members, Member{Way: member.Ref, Role: member.Role})
		}
	}
	e.Relations = append(e.Relations, kept)
	return nil
}
