package picture_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

// corners paints a picture whose four quarters are red, green, blue and white.
func corners(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	paint := [4]color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, paint[2*(2*y/height)+2*x/width])
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, img, &jpeg.Options{Quality: 95}))
	return out.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, img))
	return out.Bytes()
}

// segment puts a segment right behind the start of a JPEG file.
func segment(file []byte, marker byte, body []byte) []byte {
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, file[2:]...)
}

func withExif(file, exif []byte) []byte {
	return segment(file, 0xe1, append([]byte("Exif\x00\x00"), exif...))
}

func pngChunk(name string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// pngWithExif puts the chunk behind the header chunk.
func pngWithExif(file, exif []byte) []byte {
	const header = 8 + 25
	out := append([]byte{}, file[:header]...)
	return append(append(out, pngChunk("eXIf", exif)...), file[header:]...)
}

// bigPNG says to have width by height pixels and has none.
func bigPNG(width, height uint32, depth, interlace byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	head = append(head, depth, 6, 0, 0, interlace)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", head)...)
}

// bareJPEG has a frame header of the given size and passes without data.
func bareJPEG(frame byte, width, height uint16, passes int) []byte {
	out := []byte{0xff, 0xd8, 0xff, frame, 0, 11, 8}
	out = binary.BigEndian.AppendUint16(out, height)
	out = binary.BigEndian.AppendUint16(out, width)
	out = append(out, 1, 1, 0x11, 0)
	for range passes {
		out = append(out, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0)
	}
	return append(out, 0xff, 0xd9)
}

func riff(chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), bytes.Join(chunks, nil)...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(name string, body []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body))), body...)
	if len(body)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// dotWebP is a lossless picture of one pixel.
func dotWebP(t testing.TB) []byte {
	t.Helper()
	file, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	require.NoError(t, err)
	return file
}

// exif builds a TIFF block; the fields left zero are left out.
type exif struct {
	order              binary.ByteOrder
	orientation        uint16
	dateTime, original string
	offset             string
	gps                *gps
}

type gps struct {
	latRef, lonRef string
	lat, lon       [6]uint32
	date           string
	time           [6]uint32
}

type field struct {
	id, kind uint16
	count    uint32
	value    []byte
}

func (e exif) short(id, v uint16) field {
	b := make([]byte, 2)
	e.order.PutUint16(b, v)
	return field{id, 3, 1, b}
}

func (e exif) long(id uint16, v uint32) field {
	b := make([]byte, 4)
	e.order.PutUint32(b, v)
	return field{id, 4, 1, b}
}

func (e exif) text(id uint16, v string) field {
	return field{id, 2, uint32(len(v) + 1), append([]byte(v), 0)}
}

func (e exif) triple(id uint16, v [6]uint32) field {
	b := make([]byte, 24)
	for i, n := range v {
		e.order.PutUint32(b[i*4:], n)
	}
	return field{id, 5, 3, b}
}

// directory writes fields at an offset, their long values behind them.
func (e exif) directory(at int, fields []field) []byte {
	head := make([]byte, 2+12*len(fields)+4)
	e.order.PutUint16(head, uint16(len(fields)))
	var tail []byte
	for i, f := range fields {
		entry := head[2+i*12:]
		e.order.PutUint16(entry, f.id)
		e.order.PutUint16(entry[2:], f.kind)
		e.order.PutUint32(entry[4:], f.count)
		if len(f.value) <= 4 {
			copy(entry[8:12], f.value)
			continue
		}
		e.order.PutUint32(entry[8:], uint32(at+len(head)+len(tail)))
		tail = append(tail, f.value...)
	}
	return append(head, tail...)
}

func (e exif) build() []byte {
	if e.order == nil {
		e.order = binary.BigEndian
	}
	out := []byte("MM\x00*\x00\x00\x00\x08")
	if e.order == binary.LittleEndian {
		out = []byte("II*\x00\x08\x00\x00\x00")
	}
	var main, detail, place []field
	if e.orientation != 0 {
		main = append(main, e.short(0x0112, e.orientation))
	}
	if e.dateTime != "" {
		main = append(main, e.text(0x0132, e.dateTime))
	}
	if e.original != "" {
		detail = append(detail, e.text(0x9003, e.original))
	}
	if e.offset != "" {
		detail = append(detail, e.text(0x9010, e.offset), e.text(0x9011, e.offset))
	}
	if g := e.gps; g != nil {
		place = append(place, e.text(1, g.latRef), e.triple(2, g.lat), e.text(3, g.lonRef), e.triple(4, g.lon))
		if g.date != "" {
			place = append(place, e.triple(7, g.time), e.text(29, g.date))
		}
	}
	main = append(main, e.long(0x8769, 0), e.long(0x8825, 0))
	size := len(e.directory(8, main))
	detailAt := 8 + size
	below := e.directory(detailAt, detail)
	placeAt := detailAt + len(below)
	main[len(main)-2], main[len(main)-1] = e.long(0x8769, uint32(detailAt)), e.long(0x8825, uint32(placeAt))
	out = append(out, e.directory(8, main)...)
	out = append(out, below...)
	return append(out, e.directory(placeAt, place)...)
}
