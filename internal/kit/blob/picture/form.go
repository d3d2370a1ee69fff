package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// form is what the frame of a file says before its pixels are decoded.
type form struct {
	kind Kind
	exif []byte // a TIFF block, nil for none
	cut  bool   // the frame itself shows that the end is missing
}

// recognise finds the kind from the first bytes and refuses what would cost too much to
// decode.
func recognise(data []byte) (form, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return recogniseJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return recognisePNG(data)
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return recogniseWebP(data)
	}
	return form{}, ErrNotImage
}

func recogniseJPEG(data []byte) (form, error) {
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return form{}, broken(err)
	}
	frame := scanJPEG(data)
	if frame.passes > maxPasses {
		return form{}, ErrTooLarge
	}
	perPixel := 4
	if frame.progressive {
		perPixel = 20 // besides, a coefficient of four bytes for each of up to four components
	}
	return form{JPEG, frame.exif, frame.cut}, affordable(config, perPixel)
}

func recognisePNG(data []byte) (form, error) {
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return form{}, broken(err)
	}
	perPixel := 4
	switch config.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model:
		perPixel = 8
	}
	if interlaced := data[28] != 0; interlaced { // each pass is a picture of its own first
		perPixel *= 2
	}
	exif := pngChunk(data, "eXIf")
	return form{PNG, exif, pngChunk(data, "IEND") == nil}, affordable(config, perPixel)
}

func recogniseWebP(data []byte) (form, error) {
	if int64(binary.LittleEndian.Uint32(data[4:8]))+8 > int64(len(data)) {
		return form{}, ErrTruncated
	}
	config, err := webp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return form{}, broken(err)
	}
	exif := bytes.TrimPrefix(riffChunk(data, "EXIF"), []byte(exifMark))
	return form{WebP, exif, false}, affordable(config, 4)
}

func affordable(config image.Config, perPixel int) error {
	if config.Width <= 0 || config.Height <= 0 {
		return ErrNotImage
	}
	pixels := int64(config.Width) * int64(config.Height)
	if pixels > MaxPixels || pixels*int64(perPixel) > maxMemory {
		return ErrTooLarge
	}
	return nil
}
