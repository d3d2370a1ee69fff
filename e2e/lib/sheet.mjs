// xlsx files as people make them and get them: no more of the format than rows of texts, numbers and merged cells.
import { crc32, inflateRawSync } from 'node:zlib'

const escape = text => String(text).replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign])
const unescape = text => text.replace(/&(amp|lt|gt|quot|apos|#(\d+)|#x([0-9a-f]+));/gi, (_, name, dec, hex) => (dec || hex ? String.fromCodePoint(parseInt(dec ?? hex, dec ? 10 : 16)) : { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name]))
const column = i => String.fromCharCode(65 + i)

/** A file with one sheet. `merged` are ranges such as "A2:A3". */
export function makeSheet(rows, merged = []) {
  const cell = (value, r, c) => (typeof value === 'number' ? `<c r="${column(c)}${r}"><v>${value}</v></c>` : value === '' ? '' : `<c r="${column(c)}${r}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`)
  const data = rows.map((row, i) => `<row r="${i + 1}">${row.map((value, c) => cell(value, i + 1, c)).join('')}</row>`).join('')
  const merges = merged.length ? `<mergeCells count="${merged.length}">${merged.map(ref => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : ''
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const rels = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zip({
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${rels}"><Relationship Id="r1" Type="${links}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${links}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${rels}"><Relationship Id="r1" Type="${links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${merges}</worksheet>`,
  })
}

/** The rows of the first sheet of a file, as texts. */
export function readSheet(file) {
  const parts = unzip(file)
  const shared = [...(parts['xl/sharedStrings.xml'] ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) => texts(item))
  return [...parts['xl/worksheets/sheet1.xml'].matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const cells = []
    for (const [, ref, rest, inside = ''] of row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const value = inside.match(/<v>(.*?)<\/v>/s)?.[1] ?? ''
      const at = [...ref].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      cells[at] = rest.includes('t="s"') ? shared[Number(value)] : rest.includes('inlineStr') ? texts(inside) : unescape(value)
    }
    return Array.from(cells, value => value ?? '')
  })
}

const texts = xml => [...xml.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => unescape(text)).join('')

function zip(parts) {
  const files = []
  const index = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const data = Buffer.from(text)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt32LE(crc32(data), 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt32LE(data.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    files.push(head, Buffer.from(name), data)
    index.push(entry, Buffer.from(name))
    at += 30 + name.length + data.length
  }
  const list = Buffer.concat(index)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, list, end])
}

function unzip(file) {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const parts = {}
  let at = file.readUInt32LE(end + 16)
  for (let n = file.readUInt16LE(end + 10); n > 0; n--) {
    const packed = file.readUInt16LE(at + 10) === 8
    const size = file.readUInt32LE(at + 20)
    const [name, extra, note] = [28, 30, 32].map(offset => file.readUInt16LE(at + offset))
    const local = file.readUInt32LE(at + 42)
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const data = file.subarray(start, start + size)
    parts[file.toString('utf8', at + 46, at + 46 + name)] = (packed ? inflateRawSync(data) : data).toString('utf8')
    at += 46 + name + extra + note
  }
  return parts
}
