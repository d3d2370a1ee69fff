package picture_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/blob/picture"
)

func inspect(data []byte) (picture.Info, error) {
	return picture.Inspect(bytes.NewReader(data), nil)
}

func clean(t testing.TB, data []byte, side int) image.Image {
	t.Helper()
	_, out, err := picture.Reencode(bytes.NewReader(data), nil, side)
	require.NoError(t, err)
	img, err := jpeg.Decode(bytes.NewReader(out[0]))
	require.NoError(t, err)
	return img
}

// near tells whether a pixel has a colour but for the loss of compression.
func near(t testing.TB, img image.Image, x, y int, want color.RGBA) {
	t.Helper()
	got := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
	for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
		require.InDelta(t, 0, d, 40, "at %d,%d: %v, want %v", x, y, got, want)
	}
}

func TestInspectKnowsTheKindFromTheContent(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want picture.Info
	}{
		{asJPEG(t, corners(40, 20)), picture.Info{Kind: picture.JPEG, Width: 40, Height: 20}},
		{asPNG(t, corners(40, 20)), picture.Info{Kind: picture.PNG, Width: 40, Height: 20}},
		{dotWebP(t), picture.Info{Kind: picture.WebP, Width: 1, Height: 1}},
	} {
		info, err := inspect(c.data)
		require.NoError(t, err, c.want.Kind)
		require.Equal(t, c.want, info)
		require.Equal(t, "image/"+string(c.want.Kind), info.Kind.ContentType())
	}
}

func TestInspectRefusesEverythingElse(t *testing.T) {
	var animation bytes.Buffer
	require.NoError(t, gif.Encode(&animation, corners(8, 8), nil))
	for name, data := range map[string][]byte{
		"nothing":         nil,
		"text":            []byte("hello"),
		"html":            []byte("<!doctype html><script>alert(1)</script>"),
		"svg":             []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`),
		"gif":             animation.Bytes(),
		"bmp":             []byte("BM\x00\x00\x00\x00"),
		"pdf":             []byte("%PDF-1.7"),
		"only riff":       riff(riffChunk("JUNK", []byte("abcd"))),
		"wave":            []byte("RIFF\x04\x00\x00\x00WAVE"),
		"png, no data":    append(bigPNG(1, 1, 8, 0), pngChunk("IEND", nil)...),
		"jpeg, no tables": bareJPEG(0xc0, 8, 8, 1),
	} {
		_, err := inspect(data)
		require.ErrorIs(t, err, picture.ErrNotImage, name)
	}
	broken := asPNG(t, corners(40, 20))
	broken[len(broken)-20] ^= 1
	_, err := inspect(broken)
	require.ErrorIs(t, err, picture.ErrNotImage, "a damaged checksum")
}

func TestInspectTellsATruncatedFile(t *testing.T) {
	for name, data := range map[string][]byte{
		"jpeg": asJPEG(t, corners(200, 100)), "png": asPNG(t, corners(200, 100)), "webp": dotWebP(t),
	} {
		for _, part := range []int{40, 60, 90} {
			_, err := inspect(data[:len(data)*part/100])
			require.ErrorIs(t, err, picture.ErrTruncated, "%s %d%%", name, part)
		}
	}
	_, err := inspect([]byte("\xff\xd8\xff"))
	require.ErrorIs(t, err, picture.ErrTruncated)
}

func TestBombsAreRefusedBeforeDecoding(t *testing.T) {
	for name, data := range map[string][]byte{
		"png 50000x50000":           bigPNG(50_000, 50_000, 8, 0),
		"png one row":               bigPNG(60_000_000, 1, 8, 0),
		"png 16 bit 40 MP":          bigPNG(8_000, 5_000, 16, 0),
		"png interlaced 40 MP":      bigPNG(8_000, 5_000, 8, 1),
		"jpeg 65535x65535":          bareJPEG(0xc0, 65_535, 65_535, 1),
		"progressive jpeg 20 MP":    bareJPEG(0xc2, 5_000, 4_000, 1),
		"progressive, endless work": bareJPEG(0xc2, 64, 64, 1000),
		"too many bytes":            append([]byte("\xff\xd8\xff"), make([]byte, picture.MaxBytes)...),
	} {
		_, err := inspect(data)
		require.ErrorIs(t, err, picture.ErrTooLarge, name)
	}
}

func TestReadErrorsComeThrough(t *testing.T) {
	lost := errors.New("connection lost")
	_, err := picture.Inspect(iotest.ErrReader(lost), nil)
	require.ErrorIs(t, err, lost)
}

func TestReencodeShrinksAndNeverEnlarges(t *testing.T) {
	data := asJPEG(t, corners(2001, 999))
	_, out, err := picture.Reencode(bytes.NewReader(data), nil, 1600, 320, 5000)
	require.NoError(t, err)
	require.Len(t, out, 3)
	for i, want := range []image.Point{{1600, 798}, {320, 159}, {2001, 999}} {
		img, err := jpeg.Decode(bytes.NewReader(out[i]))
		require.NoError(t, err)
		require.Equal(t, want, img.Bounds().Size())
		near(t, img, 10, 10, color.RGBA{255, 0, 0, 255})
		near(t, img, want.X-10, 10, color.RGBA{0, 255, 0, 255})
		near(t, img, 10, want.Y-10, color.RGBA{0, 0, 255, 255})
		near(t, img, want.X-10, want.Y-10, color.RGBA{255, 255, 255, 255})
	}
}

func TestReencodeOfExtremeShapes(t *testing.T) {
	for _, size := range []image.Point{{5000, 1}, {1, 5000}, {1, 1}, {321, 2}} {
		img := clean(t, asPNG(t, corners(size.X, size.Y)), 320)
		require.LessOrEqual(t, max(img.Bounds().Dx(), img.Bounds().Dy()), 320)
	}
}

func TestTransparentPartsBecomeWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	near(t, clean(t, asPNG(t, img), 32), 16, 16, color.RGBA{255, 255, 255, 255})
	near(t, clean(t, dotWebP(t), 32), 0, 0, color.RGBA{255, 255, 255, 255})
}

func TestReencodeDropsWhatIsNoPixel(t *testing.T) {
	const script = "<html><script>alert(document.cookie)</script></html>"
	place := exif{gps: suzhou(), original: "2026:03:01 08:30:00"}.build()
	data := withExif(segment(asJPEG(t, corners(64, 64)), 0xfe, []byte(script)), place)
	data = append(data, script...)
	require.Contains(t, string(data), "<script>")

	_, out, err := picture.Reencode(bytes.NewReader(data), nil, 320)
	require.NoError(t, err)
	require.NotContains(t, string(out[0]), "script")
	require.NotContains(t, string(out[0]), "Exif")
	require.NotContains(t, string(out[0]), "2026:03")
	info, err := inspect(out[0])
	require.NoError(t, err)
	require.Nil(t, info.Position)
	require.True(t, info.TakenAt.IsZero())
}

func TestReencodeStandsUpright(t *testing.T) {
	red, green := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}
	blue, white := color.RGBA{0, 0, 255, 255}, color.RGBA{255, 255, 255, 255}
	// Top left, top right, bottom left, bottom right of what is shown.
	for o, want := range map[uint16][4]color.RGBA{
		1: {red, green, blue, white},
		2: {green, red, white, blue},
		3: {white, blue, green, red},
		4: {blue, white, red, green},
		5: {red, blue, green, white},
		6: {blue, red, white, green},
		7: {white, green, blue, red},
		8: {green, white, red, blue},
		9: {red, green, blue, white}, // no such value
	} {
		data := withExif(asJPEG(t, corners(64, 32)), exif{orientation: o}.build())
		info, err := inspect(data)
		require.NoError(t, err)
		img := clean(t, data, 320)
		size := img.Bounds().Size()
		require.Equal(t, image.Pt(info.Width, info.Height), size)
		require.Equal(t, o >= 5 && o <= 8, size.Y > size.X, "orientation %d", o)
		near(t, img, 4, 4, want[0])
		near(t, img, size.X-5, 4, want[1])
		near(t, img, 4, size.Y-5, want[2])
		near(t, img, size.X-5, size.Y-5, want[3])
	}
}

func TestPhotographs(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "..", "..", "shared", "data", "vision", "images")
	paths, err := filepath.Glob(filepath.Join(folder, "*.jpg"))
	require.NoError(t, err)
	if len(paths) == 0 {
		t.Skip("the folder of test photographs beside the repository is missing: " + folder)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		info, out, err := picture.Reencode(bytes.NewReader(data), nil, 320)
		require.NoError(t, err, path)
		small, err := inspect(out[0])
		require.NoError(t, err, path)
		require.InDelta(t, float64(info.Width)/float64(info.Height), float64(small.Width)/float64(small.Height), 0.02)
	}
}

func FuzzReencode(f *testing.F) {
	f.Add(asJPEG(f, corners(16, 8)))
	f.Add(withExif(asJPEG(f, corners(8, 8)), exif{orientation: 6, gps: suzhou()}.build()))
	f.Add(asPNG(f, corners(8, 8)))
	f.Add(dotWebP(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, out, err := picture.Reencode(bytes.NewReader(data), nil, 16)
		known := errors.Is(err, picture.ErrNotImage) || errors.Is(err, picture.ErrTooLarge) || errors.Is(err, picture.ErrTruncated)
		if err != nil && !known {
			t.Fatalf("an error without a kind: %v", err)
		}
		if err == nil {
			if _, err := jpeg.Decode(bytes.NewReader(out[0])); err != nil {
				t.Fatal(err)
			}
		}
	})
}
