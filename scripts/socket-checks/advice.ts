import { HandshakeError } from './probe.ts'

/** What a person can do about what was found. docs/deploy.md has the long form. */

export function adviseOnHandshake(error: unknown): string {
  if (!(error instanceof HandshakeError)) return adviseOnSocket()
  const { status, detail } = error
  if (detail !== undefined && status === 403) return `The desk refused the origin: ${detail}`
  if (detail !== undefined && status !== 404) return `The desk refused: ${detail}`
  if (status === 502 || status === 503 || status === 504)
    return 'The proxy does not reach the desk: is it running, on the port that the proxy asks?'
  if (status !== undefined) {
    return 'A proxy or firewall on the way does not pass the upgrade on. Behind nginx set "proxy_http_version 1.1" and the Upgrade and Connection headers (docs/deploy.md). Until then the chat works by SSE and polling.'
  }
  return 'A firewall may let handshakes go unanswered: try it on the machine that the desk runs on. Pages of https:// need wss://, pages of http:// need ws://.'
}

export function adviseOnSocket(): string {
  return 'The socket stands but does not carry everything: look at the log of the desk and at the time limits of the proxy.'
}

export function adviseOnPolling(): string {
  return 'Look at the log of the desk. A proxy must let requests wait for 30 s and pass X-Session-Token on.'
}

export function adviseOnStream(): string {
  return 'A proxy collects the stream instead of passing it on: switch buffering off ("proxy_buffering off" in nginx, see docs/deploy.md).'
}
