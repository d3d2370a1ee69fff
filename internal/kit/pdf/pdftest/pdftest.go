// Package pdftest gives tests the fonts of documents, and reads documents back.
package pdftest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/pdf"
)

// Fonts returns the faces as the web application's packages hold them, because a test runs before anything is built.
func Fonts(t testing.TB) *pdf.Fonts {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		require.NotEqual(t, dir, filepath.Dir(dir), "no repository around the test")
		dir = filepath.Dir(dir)
	}
	read := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join(dir, "web/node_modules/@expo-google-fonts/noto-sans-sc", name))
		require.NoError(t, err, "the fonts come with the packages of the web application: npm --prefix web ci")
		return content
	}
	return &pdf.Fonts{Regular: read("400Regular/NotoSansSC_400Regular.ttf"), Bold: read("600SemiBold/NotoSansSC_600SemiBold.ttf")}
}

var (
	object  = regexp.MustCompile(`(?s)(\d+) 0 obj(.*?)endobj`)
	content = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\n?endstream`)
	ranges  = regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]+)>`)
	shown   = regexp.MustCompile(`/F(\d+) [\d.]+ Tf|\[?<([0-9A-Fa-f]+)>\]? ?T[jJ]`)
	named   = regexp.MustCompile(`/F(\d+) (\d+) 0 R`)
	unicode = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	file2   = regexp.MustCompile(`/FontFile2 (\d+) 0 R`)
	below   = regexp.MustCompile(`/DescendantFonts \[ ?(\d+) 0 R`)
	descr   = regexp.MustCompile(`/FontDescriptor (\d+) 0 R`)
)

// File is a document that was read back.
type File struct {
	objects map[string]string
	fonts   map[string]font // by the name that pages use
}

type font struct {
	letters map[string]string // by glyph in hex
	program []byte
}

// Read takes a document apart.
func Read(t testing.TB, data []byte) *File {
	t.Helper()
	require.True(t, bytes.HasPrefix(data, []byte("%PDF-")))
	f := &File{objects: map[string]string{}, fonts: map[string]font{}}
	for _, m := range object.FindAllSubmatch(data, -1) {
		f.objects[string(m[1])] = string(m[2])
	}
	for _, body := range f.objects {
		for _, m := range named.FindAllStringSubmatch(body, -1) {
			f.fonts[m[1]] = f.font(t, f.objects[m[2]])
		}
	}
	return f
}

func (f *File) stream(t testing.TB, body string) []byte {
	m := content.FindStringSubmatch(body)
	if m == nil {
		return nil
	}
	if !strings.Contains(body, "FlateDecode") {
		return []byte(m[1])
	}
	r, err := zlib.NewReader(strings.NewReader(m[1]))
	require.NoError(t, err)
	plain, err := io.ReadAll(r)
	require.NoError(t, err)
	return plain
}

func (f *File) follow(from string, link *regexp.Regexp) string {
	if m := link.FindStringSubmatch(from); m != nil {
		return f.objects[m[1]]
	}
	return ""
}

func (f *File) font(t testing.TB, body string) font {
	out := font{letters: map[string]string{}}
	for _, m := range ranges.FindAllStringSubmatch(string(f.stream(t, f.follow(body, unicode))), -1) {
		raw, _ := hex.DecodeString(m[2])
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = binary.BigEndian.Uint16(raw[2*i:])
		}
		out.letters[strings.ToUpper(m[1])] = string(utf16.Decode(units))
	}
	out.program = f.stream(t, f.follow(f.follow(f.follow(body, below), descr), file2))
	return out
}

// Text returns what can be copied out of the document.
func (f *File) Text(t testing.TB) string {
	t.Helper()
	var out strings.Builder
	for n := range len(f.objects) {
		page := string(f.stream(t, f.objects[strconv.Itoa(n+1)]))
		if !strings.Contains(page, " Tf") {
			continue
		}
		var using font
		for _, m := range shown.FindAllStringSubmatch(page, -1) {
			if m[1] != "" {
				using = f.fonts[m[1]]
				continue
			}
			for hexed := strings.ToUpper(m[2]); len(hexed) >= 4; hexed = hexed[4:] {
				out.WriteString(using.letters[hexed[:4]])
			}
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// Drawn tells whether the document itself holds the shape of a letter in one of its fonts, so that no reader needs a
// font of its own.
func (f *File) Drawn(letter rune) bool {
	for _, one := range f.fonts {
		for glyph, text := range one.letters {
			if text == string(letter) {
				n, _ := strconv.ParseUint(glyph, 16, 16)
				if outline(one.program, int(n)) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// outline returns how many bytes of a TrueType font draw a glyph.
func outline(program []byte, glyph int) int {
	table := func(name string) []byte {
		for i := range int(binary.BigEndian.Uint16(program[4:])) {
			entry := program[12+16*i:]
			if string(entry[:4]) == name {
				from := binary.BigEndian.Uint32(entry[8:])
				return program[from : from+binary.BigEndian.Uint32(entry[12:])]
			}
		}
		return nil
	}
	if len(program) < 12 {
		return 0
	}
	loca, head := table("loca"), table("head")
	if binary.BigEndian.Uint16(head[50:]) == 0 {
		return 2 * int(binary.BigEndian.Uint16(loca[2*glyph+2:])-binary.BigEndian.Uint16(loca[2*glyph:]))
	}
	return int(binary.BigEndian.Uint32(loca[4*glyph+4:]) - binary.BigEndian.Uint32(loca[4*glyph:]))
}
