import type { Position } from '@/map/useMap'

/**
 * Positions here are WGS-84; map applications in China want GCJ-02 or, Baidu, BD-09. The formulas are the published
 * ones, the same as in internal/kit/geo/datum.go; a test holds both to the same values.
 */
const axis = 6378245
const eccentricity = 0.006693421622965943
const degree = Math.PI / 180
const { abs, atan2, cos, hypot, sin, sqrt, PI } = Math

const outsideChina = ({ lon, lat }: Position) => lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271

/** GCJ-02, for Amap, Tencent and Apple. Outside China nothing is shifted. */
export function toGcj02(p: Position): Position {
  if (outsideChina(p)) return p
  const x = p.lon - 105
  const y = p.lat - 35
  const wave = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave +
    ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 +
    ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave +
    ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 +
    ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
  const s = sin(p.lat * degree)
  const magic = 1 - eccentricity * s * s
  const root = sqrt(magic)
  return {
    lon: p.lon + east / ((axis / root) * cos(p.lat * degree) * degree),
    lat: p.lat + north / (((axis * (1 - eccentricity)) / (magic * root)) * degree),
  }
}

/** BD-09, for Baidu. */
export function toBd09(p: Position): Position {
  if (outsideChina(p)) return p
  const { lon, lat } = toGcj02(p)
  const k = (PI * 3000) / 180
  const z = hypot(lon, lat) + 0.00002 * sin(lat * k)
  const theta = atan2(lat, lon) + 0.000003 * cos(lon * k)
  return { lon: z * cos(theta) + 0.0065, lat: z * sin(theta) + 0.006 }
}
