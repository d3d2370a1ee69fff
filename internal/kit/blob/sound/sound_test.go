package sound_test

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/blob/sound"
)

const ebml = "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"

func box(name string, content string) string {
	size := make([]byte, 4)
	binary.BigEndian.PutUint32(size, uint32(8+len(content)))
	return string(size) + name + content
}

func track(handler string) string {
	return box("trak", box("hdlr", "\x00\x00\x00\x00\x00\x00\x00\x00"+handler))
}

// TestRecognise tells recordings from everything that only begins like one.
func TestRecognise(t *testing.T) {
	ftyp := box("ftyp", "iso5")
	for name, c := range map[string]struct {
		data string
		kind sound.Kind
	}{
		"Chrome":                   {ebml + "...A_OPUS...", sound.WebM},
		"Safari":                   {ftyp + box("moov", track("soun")) + box("mdat", "..."), sound.MP4},
		"MP4 with the end first":   {ftyp + box("mdat", "hdlr vide") + box("moov", track("soun")), sound.MP4},
		"Firefox":                  {"OggS" + string(make([]byte, 22)) + "\x01\x13OpusHead...", sound.Ogg},
		"a film as WebM":           {ebml + "...V_VP9...A_OPUS...", ""},
		"a film as MP4":            {ftyp + box("moov", track("vide")+track("soun")), ""},
		"Matroska":                 {"\x1a\x45\xdf\xa3\x42\x82\x88matroskaA_OPUS", ""},
		"an MP4 without tracks":    {ftyp + box("mdat", "soun"), ""},
		"an MP4 with a false size": {ftyp + "\x00\x00\x00\x01moov", ""},
		"Ogg with pictures":        {"OggS" + string(make([]byte, 22)) + "\x01\x13\x80theora", ""},
		"Ogg that is cut":          {"OggS", ""},
		"a page":                   {"<html><script>alert(1)</script>", ""},
		"nothing":                  {"", ""},
	} {
		kind, err := sound.Recognise([]byte(c.data))
		require.Equal(t, c.kind, kind, name)
		if c.kind == "" {
			require.ErrorIs(t, err, sound.ErrNotSound, name)
			continue
		}
		require.NoError(t, err, name)
		require.True(t, sound.Known(string(kind)))
		require.Equal(t, "audio/"+string(kind), kind.ContentType())
	}
	require.False(t, sound.Known("jpeg"))
}

func FuzzRecognise(f *testing.F) {
	f.Add([]byte(ebml + "A_OPUS"))
	f.Add([]byte(box("ftyp", "iso5") + box("moov", track("soun"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, err := sound.Recognise(data)
		require.Equal(t, err == nil, sound.Known(string(kind)))
	})
}
