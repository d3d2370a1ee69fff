package picture

import (
	"encoding/binary"
	"math"
	"strings"
)

// tiff reads the tags of an Exif block (TIFF 6.0, CIPA DC-008). Every offset and length
// in it is the sender's word: each is checked against the block, and what does not fit
// is as if it were not there.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

// tag is one entry of a directory: its type, how many values, and their bytes.
type tag struct {
	kind  uint16
	count uint32
	value []byte
}

type directory map[uint16]tag

const (
	typeASCII, typeShort, typeLong, typeRational = 2, 3, 4, 5

	// maxTags is more than any camera writes into one directory.
	maxTags = 512
)

func openTIFF(data []byte) (t tiff, first uint32, ok bool) {
	if len(data) < 8 {
		return tiff{}, 0, false
	}
	switch string(data[:4]) {
	case "II*\x00":
		t = tiff{data, binary.LittleEndian}
	case "MM\x00*":
		t = tiff{data, binary.BigEndian}
	default:
		return tiff{}, 0, false
	}
	return t, t.order.Uint32(data[4:]), true
}

// part returns length bytes at offset, nil when they are not all there.
func (t tiff) part(offset, length uint64) []byte {
	if offset > uint64(len(t.data)) || length > uint64(len(t.data))-offset {
		return nil
	}
	return t.data[offset : offset+length]
}

func (t tiff) directory(offset uint32) directory {
	head := t.part(uint64(offset), 2)
	if head == nil {
		return nil
	}
	tags := directory{}
	for i := range min(int(t.order.Uint16(head)), maxTags) {
		entry := t.part(uint64(offset)+2+uint64(i)*12, 12)
		if entry == nil {
			break
		}
		id, kind, count := t.order.Uint16(entry), t.order.Uint16(entry[2:]), t.order.Uint32(entry[4:])
		size := uint64(count) * typeSize(kind)
		value := entry[8:12]
		if size > 4 {
			value = t.part(uint64(t.order.Uint32(value)), size)
		}
		if size > 0 && uint64(len(value)) >= size {
			tags[id] = tag{kind, count, value[:size]}
		}
	}
	return tags
}

func typeSize(kind uint16) uint64 {
	switch kind {
	case typeASCII:
		return 1
	case typeShort:
		return 2
	case typeLong:
		return 4
	case typeRational:
		return 8
	}
	return 0
}

// text returns an ASCII tag up to its closing NUL.
func (t tiff) text(d directory, id uint16) string {
	tag, ok := d[id]
	if !ok || tag.kind != typeASCII {
		return ""
	}
	text, _, _ := strings.Cut(string(tag.value), "\x00")
	return strings.TrimSpace(text)
}

// number returns the first value of a SHORT or LONG tag, 0 for none.
func (t tiff) number(d directory, id uint16) uint32 {
	switch tag := d[id]; tag.kind {
	case typeShort:
		return uint32(t.order.Uint16(tag.value))
	case typeLong:
		return t.order.Uint32(tag.value)
	}
	return 0
}

// triple returns a tag of three fractions, as GPS angles and times are written.
func (t tiff) triple(d directory, id uint16) (v [3]float64, ok bool) {
	tag, ok := d[id]
	if !ok || tag.kind != typeRational || tag.count != 3 {
		return v, false
	}
	for i := range v {
		above, below := t.order.Uint32(tag.value[i*8:]), t.order.Uint32(tag.value[i*8+4:])
		if below == 0 {
			return v, false
		}
		v[i] = float64(above) / float64(below)
		if math.IsNaN(v[i]) || math.IsInf(v[i], 0) {
			return v, false
		}
	}
	return v, true
}
