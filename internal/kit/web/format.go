package web

import (
	"encoding/json"
	"io"
	"sync"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/jsontext"
)

// notUTF8 is the code for a body that is not UTF-8.
const notUTF8 = "request.utf8"

// jsonFormat is JSON that refuses text which is not UTF-8; the standard decoder would silently replace it.
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error {
		if a, ok := v.(jsontext.Appender); ok {
			return appended(w, a)
		}
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(true)
		return enc.Encode(v)
	},
	Unmarshal: func(data []byte, v any) error {
		if !utf8.Valid(data) {
			return fault.New(fault.Invalid, notUTF8)
		}
		return json.Unmarshal(data, v)
	},
}

// written keeps the memory of answers that wrote themselves.
var written = sync.Pool{New: func() any { return &jsontext.Writer{} }}

// largestKept bounds the memory that one answer leaves behind.
const largestKept = 1 << 20

func appended(w io.Writer, a jsontext.Appender) error {
	out := written.Get().(*jsontext.Writer)
	*out = jsontext.Writer{Bytes: out.Bytes[:0]}
	a.AppendJSON(out)
	_, err := w.Write(append(out.Bytes, '\n'))
	if cap(out.Bytes) <= largestKept {
		written.Put(out)
	}
	return err
}
