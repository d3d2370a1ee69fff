package mapview_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/mapview"
)

// town is a small invented extract: a road in two parts, a school, a building with a court, water that is cut off
// at the edge, and one stop drawn twice.
const town = `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <bounds minlat="30" minlon="104" maxlat="30.02" maxlon="104.02"/>
  <node id="1" lat="30.001" lon="104.001"/><node id="2" lat="30.001" lon="104.003"/>
  <node id="3" lat="30.001" lon="104.009"/>
  <node id="4" lat="30.002" lon="104.002"/><node id="5" lat="30.002" lon="104.004"/>
  <node id="6" lat="30.004" lon="104.004"/><node id="7" lat="30.004" lon="104.002"/>
  <node id="8" lat="30.0025" lon="104.0025"/><node id="9" lat="30.0025" lon="104.0035"/>
  <node id="10" lat="30.0035" lon="104.003"/>
  <node id="20" lat="30.0010" lon="104.0010"><tag k="highway" v="bus_stop"/><tag k="name" v="春晖路口"/></node>
  <node id="21" lat="30.0011" lon="104.0011"><tag k="highway" v="bus_stop"/><tag k="name" v="春晖路口"/></node>
  <node id="22" lat="30.0012" lon="104.0012"><tag k="amenity" v="restaurant"/><tag k="name" v="春晖路面馆"/>
    <tag k="addr:street" v="春晖路"/><tag k="addr:housenumber" v="12"/></node>
  <way id="100"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/><tag k="name" v="春晖路"/></way>
  <way id="101"><nd ref="2"/><nd ref="3"/><tag k="highway" v="tertiary"/><tag k="name" v="春晖路"/></way>
  <way id="102"><nd ref="4"/><nd ref="5"/><nd ref="6"/></way>
  <way id="103"><nd ref="4"/><nd ref="7"/><nd ref="6"/></way>
  <way id="104"><nd ref="8"/><nd ref="9"/><nd ref="10"/><nd ref="8"/></way>
  <way id="105"><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="4"/><tag k="amenity" v="school"/>
    <tag k="name" v="Chunhui School"/><tag k="name:zh" v="春晖小学"/></way>
  <way id="106"><nd ref="4"/><nd ref="999"/><nd ref="6"/><nd ref="4"/><tag k="natural" v="water"/></way>
  <relation id="200"><member type="way" ref="102" role="outer"/><member type="way" ref="103" role="outer"/>
    <member type="way" ref="104" role="inner"/><tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>
  <relation id="201"><member type="way" ref="102" role="outer"/><tag k="type" v="multipolygon"/>
    <tag k="natural" v="wood"/></relation>
</osm>`

func readTown(t *testing.T) *mapview.Extract {
	t.Helper()
	extract, err := mapview.ReadExtract(strings.NewReader(town))
	require.NoError(t, err)
	return extract
}

func TestReadExtractRefusesAFileThatIsCutShort(t *testing.T) {
	_, err := mapview.ReadExtract(strings.NewReader(town[:len(town)/2]))
	require.ErrorContains(t, err, "parse map extract")
}

func TestOpenExtractNamesTheMissingFile(t *testing.T) {
	_, err := mapview.OpenExtract("osm/absent.osm.gz")
	require.ErrorContains(t, err, "absent.osm.gz")
}

func TestOpenExtractRefusesWhatIsNotGzip(t *testing.T) {
	_, err := mapview.OpenExtract("osm/ATTRIBUTION.md")
	require.ErrorContains(t, err, "ATTRIBUTION.md")
}
