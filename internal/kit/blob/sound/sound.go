// Package sound looks at recordings that phones send: it tells by their content what they are, and refuses what is
// none or carries pictures too.
package sound

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// ErrNotSound means that the content is no recording of an accepted form, whatever its name says.
var ErrNotSound = errors.New("sound: not a WebM, MP4 or Ogg recording")

// MaxBytes is the most that a recording may have: at the 64 kbit/s of a phone that is over twenty minutes.
const MaxBytes = 10 << 20

// Kind is the container of a recording, found from its content.
type Kind string

// The containers in which browsers record: Chrome and Firefox WebM or Ogg, Safari MP4.
const (
	WebM Kind = "webm"
	MP4  Kind = "mp4"
	Ogg  Kind = "ogg"
)

// Known tells whether a file's kind is one of a recording.
func Known(kind string) bool {
	switch Kind(kind) {
	case WebM, MP4, Ogg:
		return true
	}
	return false
}

// ContentType returns the media type of the kind.
func (k Kind) ContentType() string { return "audio/" + string(k) }

// headBytes is how much of a WebM file its description of tracks takes at most.
const headBytes = 8 << 10

// Recognise tells the container of a recording from its content. It returns ErrNotSound for everything else, also for
// a film.
func Recognise(data []byte) (Kind, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\x1a\x45\xdf\xa3")) && webmSound(data[:min(len(data), headBytes)]):
		return WebM, nil
	case len(data) > 8 && string(data[4:8]) == "ftyp" && mp4Sound(data):
		return MP4, nil
	case bytes.HasPrefix(data, []byte("OggS")) && oggSound(data):
		return Ogg, nil
	}
	return "", ErrNotSound
}

// webmSound looks for the document type and the codecs of the tracks: A_... is sound, V_... pictures.
func webmSound(head []byte) bool {
	document := bytes.Contains(head, []byte("\x42\x82\x84webm"))
	voice := bytes.Contains(head, []byte("A_OPUS")) || bytes.Contains(head, []byte("A_VORBIS"))
	film := bytes.Contains(head, []byte("V_VP")) || bytes.Contains(head, []byte("V_AV1")) || bytes.Contains(head, []byte("V_MPEG"))
	return document && voice && !film
}

// mp4Sound walks the boxes to the description of the tracks and asks each who handles it.
func mp4Sound(data []byte) bool {
	for len(data) >= 8 {
		size := uint64(binary.BigEndian.Uint32(data))
		if size == 0 || size > uint64(len(data)) {
			size = uint64(len(data))
		}
		if size < 8 {
			return false
		}
		if string(data[4:8]) == "moov" {
			return soundOnly(data[8:size])
		}
		data = data[size:]
	}
	return false
}

func soundOnly(tracks []byte) bool {
	found := false
	for {
		at := bytes.Index(tracks, []byte("hdlr"))
		if at < 0 || len(tracks) < at+16 {
			return found
		}
		switch string(tracks[at+12 : at+16]) {
		case "soun":
			found = true
		case "vide":
			return false
		}
		tracks = tracks[at+16:]
	}
}

// oggSound reads the first packet of the first page, which names the codec.
func oggSound(data []byte) bool {
	const header = 27
	if len(data) <= header {
		return false
	}
	packet := data[min(len(data), header+int(data[26])):]
	return bytes.HasPrefix(packet, []byte("OpusHead")) || bytes.HasPrefix(packet, []byte("\x01vorbis"))
}
