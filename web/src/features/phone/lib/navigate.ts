import type { Position } from '@/map/useMap'
import { toBd09, toGcj02 } from './datum'

export type MapApp = 'own' | 'amap' | 'tencent' | 'baidu'

export interface MapLink {
  app: MapApp
  href: string
}

const six = (value: number) => value.toFixed(6)

/** Tells an Apple device; an iPad calls itself a Mac. */
export const isApple = (agent: string, touches = 0) => /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touches > 1)

/**
 * Addresses that open a map application with the way to a place: the phone's own first. `name` is what the
 * application shows; it goes to its maker, so it says nothing about the matter.
 */
export function mapLinks(to: Position, name: string, apple: boolean): MapLink[] {
  const gcj = toGcj02(to)
  const bd = toBd09(to)
  const label = encodeURIComponent(name)
  const own = apple
    ? `https://maps.apple.com/?daddr=${six(gcj.lat)},${six(gcj.lon)}&dirflg=w`
    : `geo:${six(to.lat)},${six(to.lon)}?q=${six(to.lat)},${six(to.lon)}(${label})`
  return [
    { app: 'own', href: own },
    { app: 'amap', href: `https://uri.amap.com/navigation?to=${six(gcj.lon)},${six(gcj.lat)},${label}&mode=walk&coordinate=gaode&callnative=1` },
    { app: 'tencent', href: `https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=${label}&tocoord=${six(gcj.lat)},${six(gcj.lon)}&referer=gezhi` },
    { app: 'baidu', href: `https://api.map.baidu.com/marker?location=${six(bd.lat)},${six(bd.lon)}&title=${label}&content=${label}&coord_type=bd09ll&output=html&src=gezhi` },
  ]
}
