import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl'
import type { FeatureCollection } from 'geojson'
import { darkNow } from '@/ui/appearance'
import { heal } from '@/map/heal'
import { loadMapLibrary, loadMapMeta } from '@/map/loader'
import { paletteOf } from '@/map/palette'
import type { Bounds } from './border-data'
import { CoarseMotion } from './coarse-motion'
import { PointPainter, sameStand, type Look, type Stand } from './point-painter'
import { mercator, type Mercator, type PointStore } from './point-store'
import { layerIcons, screenStyle, type SourceName } from './screen-style'

/** Pulses need no more pictures than one in so many ms; a machine that draws slowly gets longer rests between them. */
const pulseEvery = 50
const restsFor = 3
/** How often the graphics card is asked whether it has finished, in ms. */
const pollEvery = 8
/** From how many ms a picture on the points are not painted anew while the map moves, but moved with it. */
const slow = 60
/** What changed waits as long as the last picture took, but not longer than this, in ms. */
const longestRest = 1000
/** One pulse, in ms. */
const pulseTime = 2400

export interface StageHost {
  /** Words of the map's own parts. */
  words: { label: string; zoomIn: string; zoomOut: string }
  /** What the points look like now; without what the stage knows. */
  look: () => Pick<Look, 'now' | 'fresh' | 'heat' | 'hidden'>
  clicked: (event: MapMouseEvent) => void
  pointed: (event: MapMouseEvent | undefined) => void
  moved: () => void
  /** The style is there, at first and after a change of theme: its sources are empty. */
  dressed: () => void
}

/** The map of the wall with the canvas of its points above it. */
export class Stage {
  readonly map: MapLibreMap
  private readonly painter: PointPainter
  private readonly motion: CoarseMotion
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)')
  private frame = 0
  private pulse: ReturnType<typeof setTimeout> | undefined
  private size = 0
  private store: PointStore
  /** How long the graphics card lately took to paint all points, and for a pulse, in ms. */
  private readonly cost = { whole: 16, pulse: 8 }
  /** A picture is on its way; what changes meanwhile comes with the next one. */
  private busy = false
  private wanted = false
  private painted: { stand: Stand; at: number } | undefined
  /** What the map was last made to show, until somebody moves it. */
  private fitted: Bounds | undefined
  private box = ''

  static async open(box: HTMLElement, host: StageHost, store: (origin: Mercator) => PointStore, bounds: () => Bounds | undefined): Promise<Stage> {
    const [library, meta] = await Promise.all([loadMapLibrary(), loadMapMeta()])
    const [west, south, east, north] = bounds() ?? meta.bounds
    return new Stage(library, box, host, store(mercator((west + east) / 2, (south + north) / 2)), [west, south, east, north])
  }

  private constructor(
    library: Awaited<ReturnType<typeof loadMapLibrary>>,
    box: HTMLElement,
    private readonly host: StageHost,
    store: PointStore,
    bounds: Bounds,
  ) {
    this.store = store
    const { words } = host
    const map = (this.map = new library.Map({
      container: box, style: screenStyle(darkNow.value, location.origin, this.k()), bounds, fitBoundsOptions: { padding: 24 }, maxZoom: 19,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, attributionControl: false, fadeDuration: 0,
      locale: { 'Map.Title': words.label, 'NavigationControl.ZoomIn': words.zoomIn, 'NavigationControl.ZoomOut': words.zoomOut },
    }))
    heal(map)
    map.touchZoomRotate.disableRotation()
    map.keyboard.disableRotation()
    map.addControl(new library.NavigationControl({ showCompass: false }), 'bottom-right')
    map.addControl(new library.AttributionControl({ compact: false }), 'bottom-right')
    const canvas = document.createElement('canvas')
    canvas.className = 'points'
    canvas.setAttribute('aria-hidden', 'true')
    map.getCanvasContainer().append(canvas)
    this.painter = new PointPainter(canvas, () => this.store, () => this.invalidate())
    this.motion = new CoarseMotion(map)
    this.fitted = bounds
    this.box = this.boxNow()
    this.follow()
    void this.dress()
  }

  /** Shows another store of points. */
  show(store: PointStore): void {
    this.store = store
    this.painter.swapped()
    this.invalidate()
  }

  /** Paints the points anew, with the next picture. */
  invalidate(): void {
    if (this.busy) this.wanted = true
    else this.frame ||= requestAnimationFrame(() => this.paint())
  }

  /** How large marks are depends on how many are in sight. */
  measure(): void {
    const { clientWidth: w, clientHeight: h } = this.map.getContainer()
    const bounds = this.map.getBounds()
    const [from, to] = [mercator(bounds.getWest(), bounds.getNorth()), mercator(bounds.getEast(), bounds.getSouth())]
    const k = this.k()
    const size = Math.min(30 * k, Math.max(5 * k, Math.sqrt((0.22 * w * h) / Math.max(1, this.store.within(from.x, from.y, to.x, to.y)))))
    // A few points more or less must not make all of them shrink and grow.
    if (this.size && Math.abs(size - this.size) < this.size * 0.15) return
    this.size = size
    this.invalidate()
  }

  /** The place of a click, and how far a finger or pointer may be off, as parts of the world. */
  reach(event: MapMouseEvent): { at: Mercator; within: number } {
    return { at: mercator(event.lngLat.lng, event.lngLat.lat), within: Math.max(14, this.size * 0.7) / this.world() }
  }

  draw(source: SourceName, data: FeatureCollection): void {
    this.map.getSource<GeoJSONSource>(source)?.setData(data)
  }

  fly(bounds: Bounds, duration = 1200): void {
    this.map.fitBounds(bounds, { padding: 28, maxZoom: 18, duration })
    this.fitted = bounds
  }

  /** Puts on the style and the colours of the theme in effect. */
  async dress(): Promise<void> {
    const css = getComputedStyle(document.documentElement)
    await this.painter.recolour((name) => css.getPropertyValue(name).trim())
  }

  redress(): void {
    this.map.setStyle(screenStyle(darkNow.value, location.origin, this.k()), { diff: false })
    void this.dress()
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    clearTimeout(this.pulse)
    this.motion.stop()
    this.painter.destroy()
    this.map.remove()
  }

  private follow(): void {
    const { map, host } = this
    map.on('render', () => this.accompany())
    map.on('resize', () => this.resized())
    map.on('movestart', (event) => {
      if (event.originalEvent) this.fitted = undefined
    })
    map.on('click', host.clicked)
    map.on('mousemove', host.pointed)
    map.on('mouseout', () => host.pointed(undefined))
    map.on('moveend', () => {
      this.measure()
      this.invalidate()
      host.moved()
    })
    map.on('style.load', () => void this.addIcons().then(() => host.dressed()))
  }

  private async addIcons(): Promise<void> {
    const icons = Object.entries(layerIcons(paletteOf(darkNow.value)))
    await Promise.all(
      icons.map(async ([name, svg]) => {
        const image = new Image(60, 60)
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
        await image.decode()
        if (!this.map.hasImage(name)) this.map.addImage(name, image, { pixelRatio: 2 })
      }),
    )
  }

  /** How much larger or smaller than on a wall of 1080 lines everything is: it follows the type. */
  private k(): number {
    return Math.min(2, Math.max(0.7, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 27))
  }

  /** Pixels of the whole world. */
  private world(): number {
    return 512 * 2 ** this.map.getZoom()
  }

  /** Where the points are to be painted. */
  private stand(): Stand {
    const { map, store } = this
    const { clientWidth: w, clientHeight: h } = map.getContainer()
    const centre = map.getCenter()
    const middle = mercator(centre.lng, centre.lat)
    const scale = this.world() * devicePixelRatio
    const [width, height] = [Math.round(w * devicePixelRatio), Math.round(h * devicePixelRatio)]
    return { scale, shift: [(store.origin.x - middle.x) * scale + width / 2, (store.origin.y - middle.y) * scale + height / 2], width, height }
  }

  private boxNow(): string {
    const { clientWidth, clientHeight } = this.map.getContainer()
    return `${clientWidth}x${clientHeight}`
  }

  /** A window of another size shows the same ground, unless somebody chose another. */
  private resized(): void {
    this.invalidate()
    const now = this.boxNow()
    if (now === this.box) return
    this.box = now
    if (this.fitted) this.fly(this.fitted, 0)
  }

  /** Keeps the points on their places while the map moves under them. */
  private accompany(): void {
    const last = this.painted
    const stand = this.stand()
    if (last && sameStand(last.stand, stand)) return
    const alike = last && last.stand.width === stand.width && last.stand.height === stand.height
    if (!alike || !this.busy && (!this.map.isMoving() || this.cost.whole < slow || performance.now() - last.at > this.cost.whole * restsFor)) return this.paint()
    const grown = stand.scale / last.stand.scale
    const [x, y] = [0, 1].map((axis) => ((stand.shift[axis] ?? 0) - (last.stand.shift[axis] ?? 0) * grown) / devicePixelRatio)
    this.painter.canvas.style.transform = `translate(${x}px, ${y}px) scale(${grown})`
  }

  private paint(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
    if (!this.size) this.measure()
    const shows = this.host.look()
    const at = performance.now()
    const stand = this.stand()
    const phase = this.still.matches ? -1 : (at % pulseTime) / pulseTime
    const kind = this.painter.paint(stand, { ...shows, size: this.size * devicePixelRatio, phase, ratio: devicePixelRatio }) ? 'whole' : 'pulse'
    this.painter.canvas.style.transform = ''
    this.painted = { stand, at }
    this.busy = true
    const done = this.painter.fence()
    const look = () => {
      clearTimeout(this.pulse)
      this.pulse = setTimeout(() => (done() ? this.finished(performance.now() - at, kind) : look()), pollEvery)
    }
    look()
  }

  private finished(took: number, kind: 'whole' | 'pulse'): void {
    this.cost[kind] = this.cost[kind] * 0.7 + took * 0.3
    this.busy = false
    const { heat, hidden } = this.host.look()
    const moving = this.painter.pulses && !this.still.matches && !heat && !hidden
    if (this.wanted) this.pulse = setTimeout(() => this.invalidate(), Math.min(longestRest, took))
    else if (moving) this.pulse = setTimeout(() => this.invalidate(), Math.max(pulseEvery, this.cost.pulse * restsFor))
    this.wanted = false
  }
}
