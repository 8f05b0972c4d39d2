import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Channel, Release } from './dialect.ts'
import { createLiveChat, type Notification } from './live-chat.ts'

/**
 * A stand-in for an Odoo server with one live chat channel, for development and tests: the visitor's routes and the bus of three
 * releases, with what is odd about them (errors with status 200, notes on the visitor's bus, silence for a wrong token).
 */

export const CHANNEL_ID = 2

class Fault extends Error {
  readonly exception: string
  constructor(exception: string) {
    super(exception)
    this.exception = exception
  }
}
const notFound = () => new Fault('werkzeug.exceptions.NotFound')

/** What is wrong with the server; all of it can be changed while it runs. */
export interface Trouble {
  /** Every request is answered 502 by the proxy before it, and no socket opens. */
  isDown: boolean
  /** Sockets are refused. */
  refusesSockets: boolean
  /** The next posts are stored, and their answers lost. */
  losesAnswers: number
}

export type FakeOdoo = Awaited<ReturnType<typeof startFakeOdoo>>

export async function startFakeOdoo({ release, port = 0 }: { release: Release; port?: number }) {
  const chat = createLiveChat(release)
  const trouble: Trouble = { isDown: false, refusesSockets: false, losesAnswers: 0 }
  const polled = new Set<string>()
  const calls: string[] = []

  const server = createServer((request, response) => {
    void serve(request, response).catch((error) => {
      response.writeHead(500).end(String(error))
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const isWelcome = request.url?.startsWith('/websocket') && request.headers.origin !== undefined
    if (trouble.isDown || trouble.refusesSockets || !isWelcome) {
      socket.end(`HTTP/1.1 ${trouble.isDown ? '502 Bad Gateway' : '400 Bad Request'}\r\nconnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (ws) => listenTo(ws, request))
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    calls.push(path)
    if (trouble.isDown) return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>')
    if (request.method === 'GET') {
      const isThere = path === `/im_livechat/support/${CHANNEL_ID}`
      return void response.writeHead(isThere ? 200 : release === 19 ? 404 : 500, { 'content-type': 'text/html' }).end('<html></html>')
    }
    const cookies = cookiesOf(request)
    const set: string[] = []
    let answer: Record<string, unknown>
    try {
      const { params = {} } = JSON.parse(await bodyOf(request)) as { params?: Record<string, unknown> }
      const result = route(path, params, cookies, set)
      answer = { jsonrpc: '2.0', id: 1, ...(result === undefined ? {} : { result }) }
    } catch (error) {
      if (error instanceof SyntaxError) return void response.writeHead(400, { 'content-type': 'text/html' }).end('Invalid JSON data')
      answer = { jsonrpc: '2.0', id: 1, error: errorOf(error) }
    }
    if (path === '/mail/message/post' && trouble.losesAnswers > 0) {
      trouble.losesAnswers -= 1
      response.destroy()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'set-cookie': set }).end(JSON.stringify(answer))
  }

  function errorOf(error: unknown) {
    const name = error instanceof Fault ? error.exception : 'builtins.TypeError'
    const code = name.endsWith('NotFound') ? 404 : name.includes('SessionExpired') ? 100 : release === 19 ? 0 : 200
    const debug = 'Traceback (most recent call last):\n  File "/opt/odoo/addons/…"'
    return { code, message: 'Odoo Server Error', data: { name, message: String(error), debug } }
  }

  function route(path: string, params: Record<string, unknown>, cookies: Map<string, string>, set: string[]): unknown {
    switch (path) {
      case '/web/webclient/version_info':
        return { server_version: `${release}.0`, server_version_info: [release, 0, 0, 'final', 0, ''], server_serie: `${release}.0` }
      case '/im_livechat/get_session':
        return getSession(params, cookies, set)
      case '/mail/guest/update_name':
        guestOf(cookies).name = String(params.name)
        return undefined
      case '/mail/message/post':
        return post(params, cookies)
      case '/discuss/channel/notify_typing':
        channelOf(params, cookies)
        return undefined
      case '/discuss/channel/messages':
        return messages(params, cookies)
      case '/discuss/channel/members':
        return chat.dialect.membership(channelOf(params, cookies))
      case '/mail/data':
        return data(params, cookies)
      case '/websocket/peek_notifications':
        return peek(params, cookies, set)
      case '/im_livechat/visitor_leave_session': {
        const channel = namedChannel(params, cookies)
        if (channel) chat.leave(channel, channel.guest)
        return undefined
      }
      case '/im_livechat/feedback':
        return feedback(params, cookies)
      default:
        throw notFound()
    }
  }

  function getSession(params: Record<string, unknown>, cookies: Map<string, string>, set: string[]): unknown {
    if (release < 19 && typeof params.anonymous_name !== 'string') throw new Fault('builtins.TypeError')
    if (params.channel_id !== CHANNEL_ID) {
      if (release === 19) throw notFound()
      return false
    }
    const previous = typeof params.previous_operator_id === 'number' ? params.previous_operator_id : undefined
    if (params.persisted === false) {
      const operator = chat.free(previous)
      return operator ? chat.dialect.available(operator) : false
    }
    const opened = chat.open(String(params.anonymous_name ?? 'Visitor'), cookies.get('dgid'), previous)
    if (!opened) return false
    set.push(`dgid=${opened.channel.guest.token}; HttpOnly; Path=/`, `session_id=${randomUUID()}; HttpOnly; Path=/`)
    return chat.dialect.session(opened.channel, opened.last)
  }

  function post(params: Record<string, unknown>, cookies: Map<string, string>): unknown {
    const channel = channelOf({ channel_id: params.thread_id }, cookies)
    const { body = '' } = (params.post_data ?? {}) as { body?: string }
    const stored = `<p>${String(body).replaceAll(/<script[\s\S]*?<\/script>/gi, '')}</p>`
    return chat.dialect.posted(chat.say(channel, channel.guest, stored))
  }

  function messages(params: Record<string, unknown>, cookies: Map<string, string>): unknown {
    const channel = channelOf(params, cookies)
    const range = (release === 19 ? params.fetch_params : params) as { after?: number; limit?: number } | undefined
    if (range === undefined) throw new Fault('builtins.TypeError')
    const { after = 0, limit = 30 } = range
    const later = channel.messages.filter(({ id, kind }) => id > after && kind !== 'note')
    return chat.dialect.history(later.slice(0, limit))
  }

  function data(params: Record<string, unknown>, cookies: Map<string, string>): unknown {
    if (release !== 19) throw notFound()
    const [[, [id] = []] = []] = params.fetch_params as Array<[string, number[]]>
    const channel = channelOf({ channel_id: id }, cookies)
    return { 'discuss.channel': [{ id: channel.id, livechat_end_dt: channel.endedAt, member_count: channel.members.size }] }
  }

  function peek(params: Record<string, unknown>, cookies: Map<string, string>, set: string[]): unknown {
    const session = cookies.get('session_id') ?? ''
    if (params.is_first_poll === true) {
      const fresh = randomUUID()
      polled.add(fresh)
      set.push(`session_id=${fresh}; HttpOnly; Path=/`)
    } else if (!polled.has(session)) throw new Fault('odoo.http.SessionExpiredException')
    const names = chat.subscribed(params.channels as string[])
    const notifications = chat.since(names, Number(params.last)).map(asSent)
    return { channels: names.map((name) => ['lab', name]), notifications }
  }

  function feedback(params: Record<string, unknown>, cookies: Map<string, string>): unknown {
    const channel = namedChannel(params, cookies)
    if (!channel) return false
    const { rate, reason = '' } = params as { rate: number; reason?: string }
    if (rate > 5 || rate < 0) throw new Fault('builtins.AssertionError')
    if (release === 19 && channel.rating) throw new Fault('odoo.exceptions.AccessError')
    channel.rating = { rate, reason }
    return channel.id
  }

  /** 17 names a conversation by its uuid where it is left or rated, and asks for nothing else. */
  function namedChannel(params: Record<string, unknown>, cookies: Map<string, string>): Channel | undefined {
    if (release === 17) return [...chat.channels.values()].find(({ uuid }) => uuid === params.uuid)
    return channelOf(params, cookies)
  }

  function guestOf(cookies: Map<string, string>) {
    const guest = chat.guests.get(cookies.get('dgid') ?? '')
    if (!guest) throw notFound()
    return guest
  }

  function channelOf(params: Record<string, unknown>, cookies: Map<string, string>): Channel {
    const channel = chat.channels.get(Number(params.channel_id))
    if (!channel || channel.guest !== guestOf(cookies)) throw notFound()
    return channel
  }

  function listenTo(ws: WebSocket, request: IncomingMessage): void {
    // One that names itself has to know the exact version of the worker.
    if (request.headers['user-agent'] !== undefined) ws.close(1000, 'OUTDATED_VERSION')
    let names: string[] = []
    let isSubscribed = false
    const listener = (notification: Notification) => {
      if (names.includes(notification.channel)) ws.send(JSON.stringify([asSent(notification)]))
    }
    chat.listeners.add(listener)
    ws.on('close', () => chat.listeners.delete(listener))
    ws.on('error', () => undefined)
    ws.on('message', (frame) => {
      const { event_name, data: said } = JSON.parse(frame.toString()) as { event_name: string; data: Record<string, unknown> }
      if (event_name !== 'subscribe') return
      // Computed once: who opens a conversation later has to subscribe again.
      names = chat.subscribed(said.channels as string[])
      const missed = isSubscribed ? [] : chat.since(names, Number(said.last))
      isSubscribed = true
      if (missed.length > 0) ws.send(JSON.stringify(missed.map(asSent)))
    })
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)

  return {
    base,
    chat,
    trouble,
    /** The paths that were asked, in order. */
    calls,
    /** How many sockets are open. */
    listening: () => sockets.clients.size,
    /** Ends every socket, as a server that restarts (1001), a network that is cut (no code), or a host that has its rules. */
    cut(code?: number) {
      for (const ws of sockets.clients) {
        if (code === undefined) ws.terminate()
        else ws.close(code)
      }
    },
    async close() {
      for (const ws of sockets.clients) ws.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const asSent = ({ id, message }: Notification) => ({ id, message })

function cookiesOf({ headers }: IncomingMessage): Map<string, string> {
  const pairs = (headers.cookie ?? '')
    .split(/; */)
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  return new Map(pairs)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}
