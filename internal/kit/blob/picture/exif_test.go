package picture_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/blob/picture"
)

// suzhou is 31°17'24.5" N, 120°35'6" E.
func suzhou() *gps {
	return &gps{latRef: "N", lonRef: "E", lat: [6]uint32{31, 1, 17, 1, 245, 10}, lon: [6]uint32{120, 1, 35, 1, 6, 1}}
}

func TestExifIsReadFromEveryContainerAndByteOrder(t *testing.T) {
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		block := exif{order: order, orientation: 6, original: "2026:03:01 08:30:00", offset: "+08:00", gps: suzhou()}.build()
		still := riffChunk("VP8L", dotWebP(t)[20:])
		canvas := riffChunk("VP8X", []byte{8, 0, 0, 0, 0, 0, 0, 0, 0, 0})
		for name, data := range map[string][]byte{
			"jpeg":          withExif(asJPEG(t, corners(32, 16)), block),
			"png":           pngWithExif(asPNG(t, corners(32, 16)), block),
			"webp":          riff(canvas, still, riffChunk("EXIF", block)),
			"webp, as jpeg": riff(canvas, still, riffChunk("EXIF", append([]byte("Exif\x00\x00"), block...))),
		} {
			info, err := inspect(data)
			require.NoError(t, err, name)
			require.NotNil(t, info.Position, name)
			require.InDelta(t, 31.290139, info.Position.Lat, 1e-6)
			require.InDelta(t, 120.585, info.Position.Lon, 1e-6)
			require.Equal(t, time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC), info.TakenAt.UTC())
			require.GreaterOrEqual(t, info.Height, info.Width, name)
		}
	}
}

func positionOf(t *testing.T, g gps) *picture.Position {
	t.Helper()
	info, err := inspect(withExif(asJPEG(t, corners(8, 8)), exif{gps: &g}.build()))
	require.NoError(t, err)
	return info.Position
}

func TestPositionsThatMeanNothing(t *testing.T) {
	south := *suzhou()
	south.latRef, south.lonRef = "S", "W"
	p := positionOf(t, south)
	require.Less(t, p.Lat, 0.0)
	require.Less(t, p.Lon, 0.0)

	for name, change := range map[string]func(*gps){
		"zero":             func(g *gps) { g.lat, g.lon = [6]uint32{0, 1, 0, 1, 0, 1}, [6]uint32{0, 1, 0, 1, 0, 1} },
		"divided by zero":  func(g *gps) { g.lat[1] = 0 },
		"latitude too big": func(g *gps) { g.lat[0] = 91 },
		"longitude":        func(g *gps) { g.lon[0] = 181 },
		"no side":          func(g *gps) { g.latRef = "" },
		"wrong side":       func(g *gps) { g.lonRef = "N" },
	} {
		g := *suzhou()
		change(&g)
		require.Nil(t, positionOf(t, g), name)
	}
}

func TestTakenAt(t *testing.T) {
	china := time.FixedZone("UTC+8", 8*3600)
	satellites := suzhou()
	satellites.date, satellites.time = "2026:03:01", [6]uint32{1, 1, 2, 1, 7, 2}
	unset := *satellites
	unset.date = "0000:00:00"
	for name, c := range map[string]struct {
		exif exif
		want time.Time
	}{
		"with zone":         {exif{original: "2026:03:01 08:30:00", offset: "+09:00", gps: satellites}, time.Date(2026, 2, 28, 23, 30, 0, 0, time.UTC)},
		"satellites":        {exif{original: "2026:03:01 08:30:00", gps: satellites}, time.Date(2026, 3, 1, 1, 2, 3, 0, time.UTC)},
		"satellites, unset": {exif{original: "2026:03:01 08:30:00", gps: &unset}, time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)},
		"local":             {exif{original: "2026:03:01 08:30:00"}, time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)},
		"file date":         {exif{dateTime: "2026:03:01 08:30:00"}, time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)},
		"bad zone":          {exif{original: "2026:03:01 08:30:00", offset: "+8"}, time.Date(2026, 3, 1, 0, 30, 0, 0, time.UTC)},
		"no date":           {exif{original: "    :  :     :  :  "}, time.Time{}},
		"impossible":        {exif{original: "2026:02:30 08:30:00"}, time.Time{}},
		"none":              {exif{}, time.Time{}},
	} {
		data := withExif(asJPEG(t, corners(8, 8)), c.exif.build())
		info, err := picture.Inspect(bytes.NewReader(data), china)
		require.NoError(t, err, name)
		require.Equal(t, c.want, info.TakenAt.UTC(), name)
	}
}

func TestDamagedExifDoesNotSpoilThePicture(t *testing.T) {
	block := exif{orientation: 6, original: "2026:03:01 08:30:00", gps: suzhou()}.build()
	picture := asJPEG(t, corners(8, 8))
	for i := range block {
		_, err := inspect(withExif(picture, block[:i]))
		require.NoError(t, err, "cut at %d", i)
		changed := bytes.Clone(block)
		changed[i] = 0xff
		_, err = inspect(withExif(picture, changed))
		require.NoError(t, err, "changed at %d", i)
	}
}
