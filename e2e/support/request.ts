import { request as send } from 'node:http'

export interface Sent {
  method: string
  headers: Record<string, string>
  body: string | undefined
}

export interface Received<Body> {
  status: number
  headers: Record<string, string>
  cookie: string | undefined
  body: Body
}

/** fetch() does not let a test choose the Host; node:http does. A JSON body comes parsed, any other as text. */
export function request<Body>(url: string, path: string, { method, headers, body }: Sent): Promise<Received<Body>> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = send({ hostname, port, path, method, headers: { host: `${hostname}:${port}`, ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('error', reject)
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => {
        const isJson = response.headers['content-type']?.includes('json')
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          cookie: response.headers['set-cookie']?.[0],
          body: isJson ? JSON.parse(text) : text,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
