package web

import (
	"encoding/json"
	"io"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"gezhi/internal/kit/fault"
)

// notUTF8 is the code for a body that is not UTF-8.
const notUTF8 = "request.utf8"

// jsonFormat is JSON that refuses text which is not UTF-8; the standard decoder would silently replace it.
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error {
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
