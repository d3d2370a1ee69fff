/** Points as sprites: one vertex each. */
export const pointVertex = `#version 300 es
in vec2 a_at;
in float a_born;
in vec4 a_look; // sprite, effect, shown
uniform vec2 u_shift, u_view;
uniform float u_scale, u_size, u_now, u_fresh;
out float v_sprite, v_quiet;
void main() {
  bool overdue = mod(a_look.y, 2.0) > 0.5;
  bool quiet = a_look.y > 1.5;
  float age = u_now - a_born;
  bool loud = overdue || age >= 0.0 && age < u_fresh || mod(a_look.x, 4.0) > 0.5;
  v_sprite = a_look.x;
  v_quiet = quiet && !overdue ? 0.55 : 1.0;
  vec2 pixel = a_at * u_scale + u_shift;
  gl_Position = vec4(pixel.x / u_view.x * 2.0 - 1.0, 1.0 - pixel.y / u_view.y * 2.0, 0.0, 1.0);
  gl_PointSize = a_look.z < 0.5 ? 0.0 : u_size * (loud ? 1.35 : quiet ? 0.85 : 1.0);
}`

export const pointFragment = `#version 300 es
precision mediump float;
in float v_sprite, v_quiet;
uniform sampler2D u_atlas;
uniform vec2 u_cells;
uniform vec3 u_danger;
uniform float u_tiny;
uniform vec3 u_tones[10];
out vec4 colour;
void main() {
  if (u_tiny > 0.5) {
    // So small that no shape is seen: a dot in the colour of its state, which costs little.
    vec2 p = gl_PointCoord - 0.5;
    if (dot(p, p) > 0.2) discard;
    bool late = mod(v_sprite, 2.0) > 0.5;
    colour = vec4(late ? u_danger : u_tones[int(v_sprite / 4.0)], 1.0) * v_quiet;
    return;
  }
  vec2 cell = vec2(mod(v_sprite, u_cells.x), floor(v_sprite / u_cells.x));
  colour = texture(u_atlas, (cell + gl_PointCoord) / u_cells) * v_quiet;
  if (colour.a < 0.004) discard;
}`

/** Rings that go out from a few points: in one colour from new ones, in another from overdue ones. */
export const ringVertex = `#version 300 es
in vec2 a_at;
in float a_born;
in vec4 a_look;
uniform vec2 u_shift, u_view;
uniform float u_scale, u_size, u_now, u_phase, u_fresh;
out float v_ring, v_new;
void main() {
  float age = u_now - a_born;
  v_new = age >= 0.0 && age < u_fresh ? 1.0 : 0.0;
  v_ring = fract(u_phase + (v_new > 0.5 ? 0.0 : fract(a_at.x * 7919.0 + a_at.y * 104729.0)));
  vec2 pixel = a_at * u_scale + u_shift;
  gl_Position = vec4(pixel.x / u_view.x * 2.0 - 1.0, 1.0 - pixel.y / u_view.y * 2.0, 0.0, 1.0);
  gl_PointSize = a_look.z < 0.5 ? 0.0 : u_size * 2.6;
}`

export const ringFragment = `#version 300 es
precision mediump float;
in float v_ring, v_new;
uniform vec3 u_danger, u_accent;
out vec4 colour;
void main() {
  float away = abs(length((gl_PointCoord - 0.5) * 2.6) - mix(0.42, 1.2, v_ring));
  float strength = (1.0 - v_ring) * smoothstep(0.09, 0.02, away);
  if (strength < 0.004) discard;
  colour = vec4(v_new > 0.5 ? u_accent : u_danger, 1.0) * strength;
}`

/** Warmth: each point adds a soft spot. */
export const spotVertex = `#version 300 es
in vec2 a_at;
in vec4 a_look;
uniform vec2 u_shift, u_view;
uniform float u_scale, u_size;
out float v_weight;
void main() {
  if (a_look.z < 0.5) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  v_weight = mod(a_look.y, 2.0) > 0.5 ? 2.0 : 1.0;
  vec2 pixel = a_at * u_scale + u_shift;
  gl_Position = vec4(pixel.x / u_view.x * 2.0 - 1.0, 1.0 - pixel.y / u_view.y * 2.0, 0.0, 1.0);
  gl_PointSize = u_size;
}`

export const spotFragment = `#version 300 es
precision mediump float;
in float v_weight;
uniform float u_strength;
out vec4 warmth;
void main() {
  float away = length(gl_PointCoord - 0.5) * 2.0;
  float fall = max(0.0, 1.0 - away);
  warmth = vec4(fall * fall * v_weight * u_strength, 0.0, 0.0, 1.0);
}`

/** From warmth to colours, over the whole map. */
export const warmVertex = `#version 300 es
out vec2 v_at;
void main() {
  v_at = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(v_at * 2.0 - 1.0, 0.0, 1.0);
}`

export const warmFragment = `#version 300 es
precision mediump float;
in vec2 v_at;
uniform sampler2D u_warmth;
uniform vec3 u_cool, u_warm, u_hot;
out vec4 colour;
void main() {
  float w = clamp(texture(u_warmth, v_at).r, 0.0, 1.0);
  vec3 tone = w < 0.5 ? mix(u_cool, u_warm, w * 2.0) : mix(u_warm, u_hot, w * 2.0 - 1.0);
  float strength = smoothstep(0.02, 0.35, w) * 0.72;
  colour = vec4(tone * strength, strength);
}`
