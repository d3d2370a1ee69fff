export type Rgb = [number, number, number]

/** A colour token (#rrggbb) as numbers of the graphics card. */
export function rgb(token: string): Rgb {
  const n = Number.parseInt(token.replace('#', ''), 16)
  return Number.isNaN(n) ? [1, 1, 1] : [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}

/** A program with its places looked up once. */
export class Program {
  readonly handle: WebGLProgram
  private readonly places = new Map<string, WebGLUniformLocation | null>()

  /** `inputs` are the names of the vertex inputs, numbered as they stand. */
  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    inputs: string[] = [],
  ) {
    const handle = gl.createProgram()
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(kind)
      if (!shader) throw new Error('no shader')
      gl.shaderSource(shader, source)
      gl.compileShader(shader)
      gl.attachShader(handle, shader)
      gl.deleteShader(shader)
    }
    inputs.forEach((name, n) => gl.bindAttribLocation(handle, n, name))
    gl.linkProgram(handle)
    if (!gl.getProgramParameter(handle, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(handle) ?? 'no program')
    this.handle = handle
  }

  use(values: Record<string, number | readonly number[]>): void {
    const { gl } = this
    gl.useProgram(this.handle)
    for (const [name, value] of Object.entries(values)) {
      const at = this.place(name)
      if (typeof value === 'number') gl.uniform1f(at, value)
      else if (value.length === 2) gl.uniform2fv(at, value as number[])
      else gl.uniform3fv(at, value as number[])
    }
  }

  /** A list of colours. */
  colours(name: string, list: readonly Rgb[]): void {
    this.gl.uniform3fv(this.place(name), list.flat())
  }

  /** Says on which unit a texture lies. */
  texture(name: string, unit: number): void {
    this.gl.uniform1i(this.place(name), unit)
  }

  private place(name: string): WebGLUniformLocation | null {
    let at = this.places.get(name)
    if (at === undefined) {
      at = this.gl.getUniformLocation(this.handle, name)
      this.places.set(name, at)
    }
    return at
  }
}
