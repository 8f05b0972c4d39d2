import { WebSocket } from 'ws'

/** Sockets for measuring: no features, no waiting that is not measured. */

export function openSocket(port: number, path: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false })
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** Opens many, some at a time. */
export async function openSockets(port: number, path: (index: number) => string, count: number, atOnce = 200): Promise<WebSocket[]> {
  const sockets: WebSocket[] = []
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(atOnce, count - sockets.length) }, (_, index) =>
      openSocket(port, path(sockets.length + index)),
    )
    sockets.push(...(await Promise.all(some)))
  }
  return sockets
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
