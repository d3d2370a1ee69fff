export const name = 'the program answers its health checks and every page carries its protection'

export async function run({ api, base, expect }) {
  for (const path of ['/healthz', '/readyz', '/api/openapi.json']) {
    expect.ok((await fetch(base + path)).ok, path)
  }
  const document = await api.get('/api/openapi.json')
  expect.match(document.openapi, /^3\.1/)
  for (const path of ['/', '/desk']) {
    const response = await fetch(base + path)
    expect.equal(response.status, 200, path)
    expect.match(response.headers.get('content-type'), /^text\/html/)
    expect.match(response.headers.get('content-security-policy') ?? '', /default-src|script-src/, path)
    expect.equal(response.headers.get('x-content-type-options'), 'nosniff', path)
  }
  await expect.refused(api.get('/api/v1/incidents'), 401)
}
