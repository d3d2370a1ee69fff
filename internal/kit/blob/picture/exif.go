package picture

import (
	"fmt"
	"time"
)

// meta is what the camera wrote beside the pixels.
type meta struct {
	orientation orientation
	takenAt     time.Time
	position    *Position
}

// Tags of Exif 2.32 that are read.
const (
	tagOrientation = 0x0112
	tagDateTime    = 0x0132
	tagExif        = 0x8769
	tagGPS         = 0x8825
	tagOriginal    = 0x9003
	tagOffset      = 0x9010
	tagOffsetOrig  = 0x9011

	gpsLatRef, gpsLat, gpsLonRef, gpsLon = 1, 2, 3, 4
	gpsTime, gpsDate                     = 7, 29
)

// readMeta reads an Exif block; of a damaged one it returns what can be trusted to be
// meant.
func readMeta(exif []byte, zone *time.Location) meta {
	m := meta{orientation: upright}
	t, first, ok := openTIFF(exif)
	if !ok {
		return m
	}
	main := t.directory(first)
	if o := t.number(main, tagOrientation); o >= 1 && o <= 8 {
		m.orientation = orientation(o)
	}
	detail, gps := t.below(main, tagExif), t.below(main, tagGPS)
	m.position = t.position(gps)
	m.takenAt = t.takenAt(main, detail, gps, zone)
	return m
}

func (t tiff) below(d directory, id uint16) directory {
	if offset := t.number(d, id); offset != 0 {
		return t.directory(offset)
	}
	return nil
}

// position gives nil for what is out of range and for 0, 0, which cameras write when
// they do not know.
func (t tiff) position(gps directory) *Position {
	lat, okLat := t.angle(gps, gpsLat, gpsLatRef, "N", "S", 90)
	lon, okLon := t.angle(gps, gpsLon, gpsLonRef, "E", "W", 180)
	if !okLat || !okLon || lat == 0 && lon == 0 {
		return nil
	}
	return &Position{Lon: lon, Lat: lat}
}

func (t tiff) angle(gps directory, value, ref uint16, plus, minus string, limit float64) (float64, bool) {
	v, ok := t.triple(gps, value)
	if !ok {
		return 0, false
	}
	degrees := v[0] + v[1]/60 + v[2]/3600
	side := t.text(gps, ref)
	if degrees > limit || side != plus && side != minus {
		return 0, false
	}
	if side == minus {
		degrees = -degrees
	}
	return degrees, true
}

// takenAt prefers the camera's time with its zone, then the satellites' time, which is
// UTC, then the camera's time read in zone.
func (t tiff) takenAt(main, detail, gps directory, zone *time.Location) time.Time {
	local, offset := t.text(detail, tagOriginal), t.text(detail, tagOffsetOrig)
	if local == "" {
		local, offset = t.text(main, tagDateTime), t.text(detail, tagOffset)
	}
	if at, err := time.Parse("2006:01:02 15:04:05Z07:00", local+offset); err == nil && offset != "" {
		return at
	}
	if v, ok := t.triple(gps, gpsTime); ok && v[0] < 24 && v[1] < 60 && v[2] < 60 {
		clock := fmt.Sprintf(" %02d:%02d:%02d", int(v[0]), int(v[1]), int(v[2]))
		if at, err := time.Parse("2006:01:02 15:04:05", t.text(gps, gpsDate)+clock); err == nil {
			return at
		}
	}
	if zone == nil {
		zone = time.UTC
	}
	if at, err := time.ParseInLocation("2006:01:02 15:04:05", local, zone); err == nil {
		return at
	}
	return time.Time{}
}
