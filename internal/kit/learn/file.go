package learn

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"gezhi/internal/kit/durable"
)

var (
	// ErrForeign means that a file is no model.
	ErrForeign = errors.New("this is no model file")
	// ErrNewer means that a later program wrote the model.
	ErrNewer = fmt.Errorf("this model was written by a later program; this one reads version %d", Version)
	// ErrDamaged means that a file began as a model and does not end as one: it was cut off or changed.
	ErrDamaged = errors.New("this model file is damaged; train it again or copy it again")
)

const (
	magic    = "gezhi-model\n"
	maxFile  = 256 << 20 // unpacked
	maxAbout = 8 << 20
)

// head is what stands at the beginning of a file, as JSON; the numbers of the members follow.
type head struct {
	About   About        `json:"about"`
	Members []memberHead `json:"members"`
}

type memberHead struct {
	Recipe recipe    `json:"recipe"`
	Rows   int       `json:"rows"`
	Pieces int       `json:"pieces"`
	Bias   []float32 `json:"bias"`
	Step   []float32 `json:"step"` // of a label: by which its weights are to be multiplied
}

// Write writes the model: a mark, a head as JSON, the pieces as distances to the one before, in how many rows each was,
// the weights as 16-bit numbers, and the digest of all that; packed by gzip. It holds no text, but which short runs of
// signs the texts had can be worked out from it.
func (m *Model) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return err
	}
	digest := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(z, digest), 1<<16)
	h := head{About: m.About}
	for _, b := range m.members {
		h.Members = append(h.Members, memberHead{b.recipe, b.rows, len(b.known), b.bias, b.steps()})
	}
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	buf := append([]byte(magic), binary.AppendUvarint(nil, uint64(len(text)))...)
	out.Write(append(buf, text...))
	for i, b := range m.members {
		b.write(out, h.Members[i].Step)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if _, err := z.Write(digest.Sum(nil)); err != nil {
		return err
	}
	return z.Close()
}

func (m *member) steps() []float32 {
	steps := make([]float32, len(m.weight))
	for l, w := range m.weight {
		most := 0.0
		for _, v := range w {
			most = max(most, math.Abs(float64(v)))
		}
		steps[l] = float32(most / math.MaxInt16)
	}
	return steps
}

// write leaves errors to the writer, which keeps the first.
func (m *member) write(out *bufio.Writer, steps []float32) {
	var buf []byte
	last := uint64(0)
	for i, p := range m.known {
		buf = binary.AppendUvarint(buf[:0], p-last)
		buf = binary.AppendUvarint(buf, uint64(m.in[i]))
		out.Write(buf)
		last = p
	}
	for l, w := range m.weight {
		for _, v := range w {
			n := int16(0)
			if steps[l] > 0 {
				n = int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(float64(v/steps[l])))))
			}
			buf = binary.LittleEndian.AppendUint16(buf[:0], uint16(n))
			out.Write(buf)
		}
	}
}

// Read reads a model. It fails with ErrForeign, ErrNewer or ErrDamaged.
func Read(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, ErrForeign
	}
	content, err := io.ReadAll(io.LimitReader(z, maxFile+1))
	if !bytes.HasPrefix(content, []byte(magic)) {
		return nil, ErrForeign
	}
	if err != nil || len(content) > maxFile || len(content) < len(magic)+sha256.Size {
		return nil, ErrDamaged
	}
	body, sum := content[:len(content)-sha256.Size], content[len(content)-sha256.Size:]
	if digest := sha256.Sum256(body); !bytes.Equal(digest[:], sum) {
		return nil, ErrDamaged
	}
	return parse(bytes.NewReader(body[len(magic):]))
}

func parse(in *bytes.Reader) (*Model, error) {
	n, err := binary.ReadUvarint(in)
	if err != nil || n > maxAbout || n > uint64(in.Len()) {
		return nil, ErrDamaged
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(in, text); err != nil {
		return nil, ErrDamaged
	}
	var version struct{ About struct{ Version int } }
	if json.Unmarshal(text, &version) == nil && version.About.Version > Version {
		return nil, ErrNewer
	}
	var h head
	if err := json.Unmarshal(text, &h); err != nil || len(h.About.Labels) < 2 || len(h.About.Counts) != len(h.About.Labels) || len(h.Members) == 0 {
		return nil, ErrDamaged
	}
	m := &Model{About: h.About}
	for _, part := range h.Members {
		b, err := part.read(in, len(h.About.Labels))
		if err != nil {
			return nil, err
		}
		m.members = append(m.members, b)
	}
	if in.Len() > 0 {
		return nil, ErrDamaged
	}
	return m, nil
}

func (h *memberHead) read(in *bytes.Reader, labels int) (*member, error) {
	least := 2 + 2*labels // bytes of a piece
	if h.Pieces < 0 || h.Pieces > in.Len()/least || len(h.Bias) != labels || len(h.Step) != labels {
		return nil, ErrDamaged
	}
	m := &member{recipe: h.Recipe, rows: h.Rows, bias: h.Bias, known: make([]uint64, h.Pieces), in: make([]int32, h.Pieces)}
	last := uint64(0)
	for i := range m.known {
		distance, err := binary.ReadUvarint(in)
		rows, err2 := binary.ReadUvarint(in)
		if cmp.Or(err, err2) != nil || rows > math.MaxInt32 {
			return nil, ErrDamaged
		}
		last += distance
		m.known[i], m.in[i] = last, int32(rows)
	}
	if !slices.IsSorted(m.known) {
		return nil, ErrDamaged
	}
	raw := make([]byte, 2*h.Pieces)
	for l := range labels {
		if _, err := io.ReadFull(in, raw); err != nil {
			return nil, ErrDamaged
		}
		w := make([]float32, h.Pieces)
		for i := range w {
			w[i] = float32(int16(binary.LittleEndian.Uint16(raw[2*i:]))) * h.Step[l]
		}
		m.weight = append(m.weight, w)
	}
	return m, nil
}

// Open reads a model from a file.
func Open(path string) (*Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := Read(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Save writes the model to a file, which is whole or not there: a reader never sees half of it.
func (m *Model) Save(path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err := errors.Join(m.Write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return durable.SyncFolder(filepath.Dir(path))
}
