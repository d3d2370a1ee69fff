package picture

import (
	"bytes"
	"encoding/binary"
)

const exifMark = "Exif\x00\x00"

// jpegFrame is what the segments of a JPEG file say.
type jpegFrame struct {
	exif        []byte
	progressive bool
	passes      int
	cut         bool // the data ends before the picture does
}

// scanJPEG walks the segments of a JPEG file. It stops at the first thing it does not
// understand: whether the file is sound is for the decoder to say.
func scanJPEG(data []byte) jpegFrame {
	const (
		soi, eoi, sos, app1    = 0xd8, 0xd9, 0xda, 0xe1
		progressive, restart0  = 0xc2, 0xd0
		restart7, stuffed, tem = 0xd7, 0x00, 0x01
	)
	var frame jpegFrame
	for i := 2; i+1 < len(data); {
		if data[i] != 0xff {
			i++ // inside the entropy-coded data of a pass
			continue
		}
		marker := data[i+1]
		switch {
		case marker == 0xff:
			i++
			continue
		case marker == eoi:
			return frame
		case marker == stuffed || marker == tem || marker == soi || marker >= restart0 && marker <= restart7:
			i += 2
			continue
		case i+4 > len(data):
			frame.cut = true
			return frame
		}
		length := int(binary.BigEndian.Uint16(data[i+2:]))
		if length < 2 || i+2+length > len(data) {
			frame.cut = length >= 2
			return frame
		}
		body := data[i+4 : i+2+length]
		switch marker {
		case sos:
			frame.passes++
		case progressive:
			frame.progressive = true
		case app1:
			if tiff, ok := bytes.CutPrefix(body, []byte(exifMark)); ok && frame.exif == nil && frame.passes == 0 {
				frame.exif = tiff
			}
		}
		i += 2 + length
	}
	frame.cut = true
	return frame
}

// pngChunk returns the body of the first chunk with the name, nil for none.
func pngChunk(data []byte, name string) []byte {
	const frame = 12 // length, name, checksum
	for i := 8; i+frame <= len(data); {
		length := int64(binary.BigEndian.Uint32(data[i:]))
		if length > int64(len(data)-i-frame) {
			return nil
		}
		if string(data[i+4:i+8]) == name {
			return data[i+8 : i+8+int(length)]
		}
		i += frame + int(length)
	}
	return nil
}

// riffChunk returns the body of the first chunk with the name, nil for none.
func riffChunk(data []byte, name string) []byte {
	for i := 12; i+8 <= len(data); {
		length := int64(binary.LittleEndian.Uint32(data[i+4:]))
		if length > int64(len(data)-i-8) {
			return nil
		}
		if string(data[i:i+4]) == name {
			return data[i+8 : i+8+int(length)]
		}
		i += 8 + int(length+length%2)
	}
	return nil
}
