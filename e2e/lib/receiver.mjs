// A server outside, such as a gateway or a robot: it remembers what it got and answers as it is told.
import { createServer } from 'node:http'

export async function startReceiver() {
  const got = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', part => (body += part))
    request.on('end', () => {
      got.push({ url: request.url, body })
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    got,
    answer: code => (status = code),
    end: () => new Promise(resolve => server.close(resolve)),
  }
}

/** The server under test may send to this machine. */
export const outside = { own: true, env: { GEZHI_NOTIFY_NETWORKS: '127.0.0.0/8' } }
