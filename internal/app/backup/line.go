package backup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"gezhi/internal/kit/jsontext"
)

// appendLine writes a row as one line of JSON. A number with a point was one that may have a fraction, so that both
// engines get back the type that they gave.
func appendLine(to []byte, columns []string, values []any) []byte {
	w := jsontext.Writer{Bytes: to}
	w.Open('{')
	for n, column := range columns {
		w.Key(column)
		switch v := values[n].(type) {
		case nil:
			w.Null()
		case int64:
			w.Int(v)
		case bool:
			w.Bool(v)
		case float64:
			w.Raw(fraction(v))
		case string:
			w.String(v)
		case []byte:
			w.String(string(v))
		default:
			panic(fmt.Sprintf("backup: column %s holds a %T", column, v))
		}
	}
	w.Close('}')
	return append(w.Bytes, '\n')
}

func fraction(v float64) []byte {
	b := strconv.AppendFloat(nil, v, 'g', -1, 64)
	if !bytes.ContainsAny(b, ".e") {
		b = append(b, '.', '0')
	}
	return b
}

// parseLine reads a row and returns its columns in order, and their values.
func parseLine(line []byte) (columns []string, values []any, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, fmt.Errorf("%w: a row is no object", ErrDamaged)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		v, err := d.Token()
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if v, err = valueOf(v); err != nil {
			return nil, nil, err
		}
		columns, values = append(columns, fmt.Sprint(name)), append(values, v)
	}
	return columns, values, nil
}

func valueOf(t json.Token) (any, error) {
	switch v := t.(type) {
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return v.Float64()
		}
		return v.Int64()
	case json.Delim:
		return nil, fmt.Errorf("%w: a value is no text, number or flag", ErrDamaged)
	}
	return t, nil
}
