// Package picture looks at pictures that strangers send and makes clean ones of them:
// what is shown to others holds the pixels and nothing else.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"golang.org/x/image/webp"
)

var (
	// ErrNotImage means that the content is no JPEG, PNG or WebP picture, whatever its
	// name says, or one that cannot be decoded.
	ErrNotImage = errors.New("picture: not a JPEG, PNG or WebP picture")
	// ErrTooLarge means too many bytes, pixels or passes to decode safely.
	ErrTooLarge = errors.New("picture: too large")
	// ErrTruncated means that the end is missing, as after a broken upload.
	ErrTruncated = errors.New("picture: the end is missing")
)

const (
	// MaxBytes is the most that a picture file may have.
	MaxBytes = 40 << 20
	// MaxPixels is the most that a picture may have: a phone camera of today gives 50 million.
	MaxPixels = 50_500_000
	// maxMemory bounds what decoding allocates; forms that need much per pixel (16-bit
	// PNG, progressive JPEG) reach it before MaxPixels.
	maxMemory = 256 << 20
	// maxPasses bounds the work of a progressive JPEG; encoders make about ten.
	maxPasses = 64
)

// Kind is the format of a picture, found from its content.
type Kind string

// The formats that are accepted.
const (
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
	WebP Kind = "webp"
)

// ContentType returns the media type of the kind.
func (k Kind) ContentType() string { return "image/" + string(k) }

// Position is where a camera says it was, in degrees of WGS-84.
type Position struct{ Lon, Lat float64 }

// Info is what a picture says of itself. TakenAt and Position come from the camera and
// prove nothing; they are zero and nil when it does not say.
type Info struct {
	Kind          Kind
	Width, Height int // as shown upright
	TakenAt       time.Time
	Position      *Position
}

// decoding limits how many pictures are in memory at once, so that the bound of one is
// a bound of the process.
var decoding = make(chan struct{}, 2)

// Inspect reads a whole picture, decodes it to its end and tells what it is. A camera
// time without a zone is read in zone. It returns ErrNotImage, ErrTooLarge,
// ErrTruncated, or the error of r.
func Inspect(r io.Reader, zone *time.Location) (Info, error) {
	info, _, err := Reencode(r, zone)
	return info, err
}

// Reencode does what Inspect does and also returns, for each of sides, the picture as
// JPEG, upright, without metadata, its longer side at most that many pixels (never
// enlarged), transparent parts white. The picture is decoded once.
func Reencode(r io.Reader, zone *time.Location, sides ...int) (Info, [][]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Info{}, nil, fmt.Errorf("picture: %w", err)
	}
	if len(data) > MaxBytes {
		return Info{}, nil, ErrTooLarge
	}
	form, err := recognise(data)
	if err != nil {
		return Info{}, nil, err
	}
	meta := readMeta(form.exif, zone)
	info := Info{Kind: form.kind, TakenAt: meta.takenAt, Position: meta.position}

	decoding <- struct{}{}
	defer func() { <-decoding }()
	img, err := form.decode(data)
	if err != nil {
		return Info{}, nil, err
	}
	size := meta.orientation.size(img.Bounds().Size())
	info.Width, info.Height = size.X, size.Y

	out := make([][]byte, 0, len(sides))
	for _, side := range sides {
		clean, err := encode(meta.orientation.turn(shrink(img, side)))
		if err != nil {
			return Info{}, nil, err
		}
		out = append(out, clean)
	}
	return info, out, nil
}

func (f form) decode(data []byte) (image.Image, error) {
	var img image.Image
	var err error
	switch f.kind {
	case JPEG:
		img, err = jpeg.Decode(bytes.NewReader(data))
	case PNG:
		img, err = png.Decode(bytes.NewReader(data))
	case WebP:
		img, err = webp.Decode(bytes.NewReader(data))
	}
	if err != nil && f.cut {
		return nil, ErrTruncated
	}
	if err != nil {
		return nil, broken(err)
	}
	return img, nil
}

func encode(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return out.Bytes(), nil
}

// broken tells a cut file from one that was never a picture.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return ErrTruncated
	}
	return fmt.Errorf("%w: %w", ErrNotImage, err)
}
