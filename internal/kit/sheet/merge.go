package sheet

import (
	"bytes"
	"encoding/xml"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxMerges bounds the merged ranges of a sheet; more than this nobody made by hand.
const maxMerges = 20_000

// block is a merged range; the rows and columns count from 1 and are part of it.
type block struct {
	top, bottom, left, right int
	value                    string
}

// merges are the merged ranges of a sheet by their first row.
type merges struct {
	blocks []block // ordered by top
	next   int
	open   []*block
}

// mergedCells finds the merged ranges of a sheet. The library's own way would hold every cell of the sheet in memory, so
// the part's text is searched for the few elements that matter.
func mergedCells(file *excelize.File, sheet string) (*merges, error) {
	m := &merges{}
	text := partOf(file, sheet)
	for {
		i := bytes.Index(text, []byte("mergeCell "))
		if i < 0 {
			break
		}
		text = text[i+len("mergeCell "):]
		end := bytes.IndexByte(text, '>')
		if end < 0 {
			break
		}
		from, to, ok := strings.Cut(attribute(text[:end], "ref"), ":")
		if !ok {
			continue
		}
		left, top, err := excelize.CellNameToCoordinates(from)
		if err != nil {
			continue
		}
		right, bottom, err := excelize.CellNameToCoordinates(to)
		if err != nil {
			continue
		}
		if len(m.blocks) == maxMerges {
			return nil, refused("sheet.too_large")
		}
		m.blocks = append(m.blocks, block{top: top, bottom: bottom, left: left, right: min(right, MaxColumns)})
	}
	slices.SortFunc(m.blocks, func(a, b block) int { return a.top - b.top })
	return m, nil
}

// fill gives every cell of a merged range the value of its first one. Rows must come in order. Ranges that lie over each
// other are no sheet's, and would make every row expensive: "sheet.not_xlsx".
func (m *merges) fill(no int, cells []string) ([]string, error) {
	for m.next < len(m.blocks) && m.blocks[m.next].top <= no {
		b := &m.blocks[m.next]
		m.next++
		if b.top == no && b.left <= len(cells) {
			b.value = cells[b.left-1]
			m.open = append(m.open, b)
		}
	}
	m.open = slices.DeleteFunc(m.open, func(b *block) bool { return b.bottom < no })
	if len(m.open) > MaxColumns {
		return nil, refused("sheet.not_xlsx")
	}
	for _, b := range m.open {
		for len(cells) < b.right {
			cells = append(cells, "")
		}
		for i := b.left - 1; i < b.right; i++ {
			cells[i] = b.value
		}
	}
	return cells, nil
}

func attribute(element []byte, name string) string {
	_, rest, ok := bytes.Cut(element, []byte(name+`="`))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}

// partOf returns the text of a sheet's part, nil when it cannot be told or is kept on disk for its size.
func partOf(file *excelize.File, sheet string) []byte {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(part(file, "xl/workbook.xml"), &book) != nil || xml.Unmarshal(part(file, "xl/_rels/workbook.xml.rels"), &links) != nil {
		return nil
	}
	for _, s := range book.Sheets {
		if s.Name != sheet {
			continue
		}
		for _, l := range links.List {
			if l.ID == s.ID {
				return part(file, strings.TrimPrefix(path.Join("/xl", strings.TrimPrefix(l.Target, "/xl/")), "/"))
			}
		}
	}
	return nil
}

func part(file *excelize.File, name string) []byte {
	v, _ := file.Pkg.Load(name)
	b, _ := v.([]byte)
	return b
}
