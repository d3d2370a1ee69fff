// Calls of the HTTP API, as a partner system would make them.

export class ApiError extends Error {
  constructor(method, path, status, body) {
    super(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

/** An API of one server; `as` gives the same with a person signed in. */
export function makeApi(base, token = '') {
  async function call(method, path, body, headers = {}) {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    })
    const text = await response.text()
    const value = /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : text
    if (!response.ok) throw new ApiError(method, path, response.status, value)
    return value
  }
  const api = {
    token,
    get: path => call('GET', path),
    post: (path, body = {}, headers) => call('POST', path, body, headers),
    put: (path, body) => call('PUT', path, body),
    patch: (path, body) => call('PATCH', path, body),
    delete: path => call('DELETE', path),
    /** Does an action of an incident. */
    act: (id, action, fields = {}) => call('POST', `/api/v1/incidents/${id}/actions/${action}`, fields),
    async as(login, password = 'gezhi-demo') {
      const { token: fresh } = await call('POST', '/api/v1/session', { login, password })
      return makeApi(base, fresh)
    },
  }
  return api
}
