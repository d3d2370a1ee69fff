/** The surroundings of a place: what lies within some hundred metres of it. */
export interface Near {
  lon: number
  lat: number
  name: string
}

/** People who name a place mean it and what is within sight and a short walk of it. */
const metres = 300
const metresPerDegree = 111_320

/** A place as an address or a saved view holds it. */
export const nearText = ({ lon, lat, name }: Near) => `${lon.toFixed(6)},${lat.toFixed(6)},${name}`

/** Reads a place back; nothing when it is none. */
export function readNear(text: string): Near | undefined {
  const [lon, lat, ...name] = text.split(',')
  const at = { lon: Number(lon), lat: Number(lat), name: name.join(',') }
  const onEarth = lon !== '' && lat !== undefined && lat !== '' && Math.abs(at.lon) <= 180 && Math.abs(at.lat) < 85
  return onEarth && Number.isFinite(at.lon) && Number.isFinite(at.lat) ? at : undefined
}

/** The box around a place, west,south,east,north; a degree of longitude is shorter the farther from the equator. */
export function boxAround({ lon, lat }: Near): string {
  const up = metres / metresPerDegree
  const across = up / Math.cos((lat * Math.PI) / 180)
  return [lon - across, lat - up, lon + across, lat + up].map((degrees) => degrees.toFixed(6)).join(',')
}
