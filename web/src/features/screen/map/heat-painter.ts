import { Program, type Rgb } from './gl'
import type { Stand } from './point-painter'
import { spotFragment, spotVertex, warmFragment, warmVertex } from './shaders'

/** Warmth is soft, so that fewer pixels show it as well. */
const coarse = 4
/** Width of a point's spot in pixels of the canvas, for a mark of the usual size. */
const spot = 90

/** Paints where much happens: every point adds its warmth to a small picture, which is then coloured. */
export class HeatPainter {
  private readonly spots: Program
  private readonly warm: Program
  private readonly target: WebGLFramebuffer | null
  private readonly picture: WebGLTexture | null
  /** With halves of floats spots add up without end; without them they are weaker, so that few of them fill a byte. */
  private readonly floats: boolean
  private width = 0
  private height = 0

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.spots = new Program(gl, spotVertex, spotFragment, ['a_at', 'a_born', 'a_look'])
    this.warm = new Program(gl, warmVertex, warmFragment)
    this.floats = gl.getExtension('EXT_color_buffer_float') !== null || gl.getExtension('EXT_color_buffer_half_float') !== null
    this.target = gl.createFramebuffer()
    this.picture = gl.createTexture()
  }

  paint(stand: Stand, used: number, array: WebGLVertexArrayObject | null, size: number, tones: Record<'cool' | 'warm' | 'hot', Rgb>, onto: WebGLFramebuffer | null): void {
    const { gl } = this
    this.fit(Math.ceil(stand.width / coarse), Math.ceil(stand.height / coarse))
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target)
    gl.viewport(0, 0, this.width, this.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.blendFunc(gl.ONE, gl.ONE)
    gl.bindVertexArray(array)
    // Where marks are small there are many: then each says less.
    const strength = Math.min(0.3, 0.012 * size)
    this.spots.use({ u_shift: stand.shift, u_view: [stand.width, stand.height], u_scale: stand.scale, u_size: spot / coarse, u_strength: strength })
    gl.drawArrays(gl.POINTS, 0, used)
    gl.bindFramebuffer(gl.FRAMEBUFFER, onto)
    gl.viewport(0, 0, stand.width, stand.height)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.picture)
    this.warm.use({ u_cool: tones.cool, u_warm: tones.warm, u_hot: tones.hot })
    this.warm.texture('u_warmth', 0)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }

  private fit(width: number, height: number): void {
    if (width === this.width && height === this.height) return
    const { gl } = this
    this.width = width
    this.height = height
    gl.bindTexture(gl.TEXTURE_2D, this.picture)
    if (this.floats) gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16F, width, height, 0, gl.RGBA, gl.HALF_FLOAT, null)
    else gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target)
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.picture, 0)
  }
}
