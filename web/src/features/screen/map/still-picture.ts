/** A picture beside the canvas, which is shown again as often as wanted without being painted anew. */
export class StillPicture {
  readonly target: WebGLFramebuffer | null
  private readonly texture: WebGLTexture | null
  private width = 0
  private height = 0

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.target = gl.createFramebuffer()
    this.texture = gl.createTexture()
  }

  /** From here on is painted on the picture, which is empty. */
  begin(width: number, height: number): void {
    const { gl } = this
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target)
    if (width !== this.width || height !== this.height) {
      this.width = width
      this.height = height
      gl.bindTexture(gl.TEXTURE_2D, this.texture)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null)
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0)
    }
    gl.viewport(0, 0, width, height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
  }

  /** Puts the picture on the canvas, and from here on is painted on that. */
  show(): void {
    const { gl, width, height } = this
    // Chromium empties a canvas that was shown before the first thing that is drawn, and does not count a copy as that.
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.target)
    gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null)
    gl.blitFramebuffer(0, 0, width, height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST)
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.viewport(0, 0, width, height)
  }
}
