import { colourToken } from '@/ui/state'
import { Program, rgb, type Rgb } from './gl'
import { HeatPainter } from './heat-painter'
import { columns, drawAtlas, drawn, rows } from './mark-atlas'
import { stride, type PointStore } from './point-store'
import { pointFragment, pointVertex } from './shaders'

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
  heat: boolean
}

/** Below so many pixels of the canvas nobody sees a shape. */
const tiny = 9

/** Paints a store of points on a canvas of its own, and sends the graphics card only what changed. */
export class PointPainter {
  private readonly gl: WebGL2RenderingContext
  private points: Program | undefined
  private heat: HeatPainter | undefined
  private buffer: WebGLBuffer | null = null
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
  }

  paint(stand: Stand, look: Look): void {
    const { gl, canvas, points } = this
    if (gl.isContextLost() || !points || !this.pictures) return
    if (canvas.width !== stand.width || canvas.height !== stand.height) {
      canvas.width = stand.width
      canvas.height = stand.height
    }
    this.send()
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.viewport(0, 0, stand.width, stand.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    const { used } = this.store()
    if (used === 0) return
    gl.bindVertexArray(this.array)
    gl.enable(gl.BLEND)
    if (look.heat) return this.heat?.paint(stand, used, this.array, look.size, this.tones)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.atlas)
    points.use({
      u_shift: stand.shift, u_view: [stand.width, stand.height], u_scale: stand.scale, u_size: look.size, u_now: look.now, u_fresh: look.fresh,
      u_phase: look.phase, u_cells: [columns, rows], u_danger: this.tones.danger, u_accent: this.tones.accent, u_pass: 0, u_tiny: look.size < tiny ? 1 : 0,
    })
    points.colours('u_tones', this.states)
    points.texture('u_atlas', 0)
    gl.drawArrays(gl.POINTS, 0, used)
    points.use({ u_pass: 1 })
    gl.drawArrays(gl.POINTS, 0, used)
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
    this.heat = new HeatPainter(gl)
    this.buffer = gl.createBuffer()
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
