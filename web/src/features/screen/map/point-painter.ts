import { colourToken } from '@/ui/state'
import { Program, rgb, type Rgb } from './gl'
import { HeatPainter } from './heat-painter'
import { columns, drawAtlas, drawn, rows } from './mark-atlas'
import { Picker, type Sight } from './pick'
import { stride, type PointStore } from './point-store'
import { pointFragment, pointVertex, ringFragment, ringVertex } from './shaders'
import { StillPicture } from './still-picture'

/** Where the map stands: pixels of the canvas for a whole world, and where the store's origin lies on it. */
export interface Stand {
  scale: number
  shift: [number, number]
  width: number
  height: number
}

export interface Look {
  /** Width of a mark in pixels of the canvas. */
  size: number
  /** Seconds since the store's epoch. */
  now: number
  /** For how many seconds a point is new. */
  fresh: number
  /** Where a pulse stands, 0 to 1; below 0 for no movement. */
  phase: number
  /** Pixels of the canvas for one of the page. */
  ratio: number
  heat: boolean
  /** Something else stands for the points. */
  hidden: boolean
}

/** Below so many pixels of the canvas nobody sees a shape. */
const tiny = 9
/** A ring is seen from across a room, however small the marks are: its mark counts as so many pixels at least. */
const ringFrom = 16
/** Around what is in sight so much of its width is picked as well, for a map that is moved. */
const margin = 0.25
/** For how many seconds a pick with new points in it holds. */
const holds = 2

interface Picked {
  store: PointStore
  version: number
  sight: Sight
  cell: number
  at: number
}

/**
 * Paints a store of points on a canvas of its own. The points are painted on a picture that is kept, only when they or
 * the map changed; a pulse shows that picture again and adds its few rings. The graphics card is sent what changed.
 */
export class PointPainter {
  private readonly gl: WebGL2RenderingContext
  private points: Program | undefined
  private rings: Program | undefined
  private heat: HeatPainter | undefined
  private still: StillPicture | undefined
  private readonly picker = new Picker()
  private picked: Picked | undefined
  /** What the kept picture shows; undefined when it must be painted anew. */
  private shown: { stand: Stand; look: Look } | undefined
  private buffer: WebGLBuffer | null = null
  private order: WebGLBuffer | null = null
  private array: WebGLVertexArrayObject | null = null
  private atlas: WebGLTexture | null = null
  private pictures: HTMLCanvasElement | undefined
  private capacity = 0
  private tones: Record<'danger' | 'accent' | 'cool' | 'warm' | 'hot', Rgb> = { danger: [1, 0, 0], accent: [0, 0, 1], cool: [0, 0, 1], warm: [1, 1, 0], hot: [1, 0, 0] }
  private states: Rgb[] = []
  private readonly stopped = new AbortController()

  /** `again` is called when all must be painted anew: new pictures, or the graphics card came back. */
  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly store: () => PointStore,
    private readonly again: () => void,
  ) {
    const gl = canvas.getContext('webgl2', { alpha: true, premultipliedAlpha: true, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' })
    if (!gl) throw new Error('no WebGL 2')
    this.gl = gl
    const { signal } = this.stopped
    // A driver that restarts takes everything with it; a screen that stays on for weeks will see that.
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault(), { signal })
    canvas.addEventListener('webglcontextrestored', () => this.begin(), { signal })
    this.begin()
  }

  /** Takes the colours of the theme in effect. */
  async recolour(token: (name: string) => string): Promise<void> {
    this.tones = { danger: rgb(token('--danger')), accent: rgb(token('--accent')), cool: rgb(token('--accent')), warm: rgb(token('--warning')), hot: rgb(token('--danger')) }
    this.states = drawn.map((mark) => rgb(token(colourToken[mark])))
    this.pictures = await drawAtlas(token)
    if (!this.stopped.signal.aborted) this.hang()
  }

  /** The store is another one: everything is sent. */
  swapped(): void {
    this.capacity = 0
    this.shown = this.picked = undefined
  }

  /** Whether something moves while the points stay as they were painted last. */
  get pulses(): boolean {
    return this.picker.pulses.length > 0
  }

  /** Paints what changed. Tells whether that was more than the pulses. */
  paint(stand: Stand, look: Look): boolean {
    const { gl, canvas } = this
    if (gl.isContextLost() || !this.points || !this.pictures || stand.width === 0 || stand.height === 0) return false
    if (canvas.width !== stand.width || canvas.height !== stand.height) {
      canvas.width = stand.width
      canvas.height = stand.height
    }
    const anew = this.pick(stand, look) || !sameLook(this.shown, stand, look)
    if (anew) this.paintStill(stand, look)
    this.still?.show()
    if (look.phase >= 0 && !look.heat) this.paintRings(stand, look)
    return anew
  }

  /** Picks what is to be painted where the last pick does not hold any more. */
  private pick(stand: Stand, look: Look): boolean {
    const { gl, picker, picked } = this
    const store = this.store()
    const sight = sightOf(stand, 0)
    const cell = (look.size < tiny ? look.size : look.size / 2) / stand.scale
    const same = picked?.store === store && picked.version === store.version && !(picker.fresh && look.now - picked.at > holds)
    if (same && within(sight, picked.sight) && cell < picked.cell * 1.4 && cell > picked.cell * 0.7) return false
    const wide = sightOf(stand, margin)
    picker.pick(store, wide, cell, look.now, look.fresh)
    this.picked = { store, version: store.version, sight: wide, cell, at: look.now }
    this.send()
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.order)
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, (picker.places.length + picker.pulses.length) * 4, gl.DYNAMIC_DRAW)
    gl.bufferSubData(gl.ELEMENT_ARRAY_BUFFER, 0, picker.places)
    gl.bufferSubData(gl.ELEMENT_ARRAY_BUFFER, picker.places.length * 4, picker.pulses)
    return true
  }

  private paintStill(stand: Stand, look: Look): void {
    const { gl, points, still, picker } = this
    if (!points || !still) return
    still.begin(stand.width, stand.height)
    this.shown = { stand, look }
    if (picker.places.length === 0 || look.hidden) return
    gl.bindVertexArray(this.array)
    gl.enable(gl.BLEND)
    if (look.heat) return this.heat?.paint(stand, this.store().used, this.array, look.size, this.tones, still.target)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.atlas)
    points.use({
      u_shift: stand.shift, u_view: [stand.width, stand.height], u_scale: stand.scale, u_size: look.size, u_now: look.now, u_fresh: look.fresh,
      u_cells: [columns, rows], u_danger: this.tones.danger, u_tiny: look.size < tiny ? 1 : 0,
    })
    points.colours('u_tones', this.states)
    points.texture('u_atlas', 0)
    gl.drawElements(gl.POINTS, picker.places.length, gl.UNSIGNED_INT, 0)
  }

  private paintRings(stand: Stand, look: Look): void {
    const { gl, picker } = this
    if (look.hidden || picker.pulses.length === 0) return
    gl.bindVertexArray(this.array)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    this.rings?.use({
      u_shift: stand.shift, u_view: [stand.width, stand.height], u_scale: stand.scale, u_size: Math.max(ringFrom * look.ratio, look.size * 1.35),
      u_now: look.now, u_fresh: look.fresh, u_phase: look.phase, u_danger: this.tones.danger, u_accent: this.tones.accent,
    })
    gl.drawElements(gl.POINTS, picker.pulses.length, gl.UNSIGNED_INT, picker.places.length * 4)
  }

  /** Tells whether the graphics card has finished what was asked of it until now. */
  fence(): () => boolean {
    const { gl } = this
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl.flush()
    return () => {
      if (!sync || gl.isContextLost()) return true
      if (gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) return false
      gl.deleteSync(sync)
      return true
    }
  }

  destroy(): void {
    this.stopped.abort()
    this.gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  private begin(): void {
    const { gl } = this
    this.capacity = 0
    this.points = new Program(gl, pointVertex, pointFragment, ['a_at', 'a_born', 'a_look'])
    this.rings = new Program(gl, ringVertex, ringFragment, ['a_at', 'a_born', 'a_look'])
    this.heat = new HeatPainter(gl)
    this.still = new StillPicture(gl)
    this.shown = this.picked = undefined
    this.buffer = gl.createBuffer()
    this.order = gl.createBuffer()
    this.array = gl.createVertexArray()
    gl.bindVertexArray(this.array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, stride, 0)
    gl.enableVertexAttribArray(1)
    gl.vertexAttribPointer(1, 1, gl.FLOAT, false, stride, 8)
    gl.enableVertexAttribArray(2)
    gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, false, stride, 12)
    this.hang()
  }

  /** Brings the pictures to the graphics card. */
  private hang(): void {
    const { gl } = this
    if (!this.pictures) return
    this.shown = undefined
    this.atlas ??= gl.createTexture()
    if (!gl.isTexture(this.atlas)) this.atlas = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, this.atlas)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.pictures)
    gl.generateMipmap(gl.TEXTURE_2D)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    this.again()
  }

  /** Sends what changed since the last picture. */
  private send(): void {
    const { gl } = this
    const store = this.store()
    const changes = store.changes()
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    if (this.capacity !== store.data.byteLength) {
      this.capacity = store.data.byteLength
      gl.bufferData(gl.ARRAY_BUFFER, store.data, gl.DYNAMIC_DRAW)
    } else if (changes === 'all') {
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, store.data, 0, store.used * stride)
    } else {
      for (const [from, to] of changes) gl.bufferSubData(gl.ARRAY_BUFFER, from * stride, store.data, from * stride, (to - from + 1) * stride)
    }
  }
}

/** What lies on the canvas, and `more` of its width and height around it. */
function sightOf({ scale, shift: [x, y], width, height }: Stand, more: number): Sight {
  return { west: (-width * more - x) / scale, north: (-height * more - y) / scale, east: (width * (1 + more) - x) / scale, south: (height * (1 + more) - y) / scale }
}

const within = (inner: Sight, outer: Sight) => inner.west >= outer.west && inner.north >= outer.north && inner.east <= outer.east && inner.south <= outer.south

export function sameStand(a: Stand, b: Stand): boolean {
  return a.scale === b.scale && a.shift[0] === b.shift[0] && a.shift[1] === b.shift[1] && a.width === b.width && a.height === b.height
}

/** Whether a picture shows what is wanted, but for the pulses. */
function sameLook(shown: { stand: Stand; look: Look } | undefined, stand: Stand, look: Look): boolean {
  return shown !== undefined && sameStand(shown.stand, stand) && shown.look.size === look.size && shown.look.heat === look.heat && shown.look.hidden === look.hidden
}
