import { createMCPClient, type MCPClient, MCPClientError } from '@ai-sdk/mcp'
import type { Log } from '#lib/session/ports.ts'
import { readDefinition, type ToolDefinition } from '../definition.ts'
import { createHttpTransport, type HttpTransport, LOST } from './transport.ts'

/**
 * One tool server: connected to in the background, asked for its tools at the beginning, when it says that they changed, and now and
 * then; connected to again when it was gone. While it is gone it has no tools.
 */

export interface ServerSpec {
  name: string
  url: URL
  /** Sent as `Authorization: Bearer …`. */
  key?: string | undefined
  /** In the place of the network's, for a server in this process. */
  fetch?: typeof fetch
  /** It is part of this desk: what it says of its tools is not doubted. */
  own?: boolean
}

export interface ServerTimes {
  connectMs: number
  callMs: number
  /** Between two looks at the tools of a server that says nothing. */
  refreshMs: number
  /** The first pause after a failure; it doubles up to a minute. */
  retryMs: number
}

const usualTimes: ServerTimes = { connectMs: 3000, callMs: 10_000, refreshMs: 60_000, retryMs: 1000 }

/** What a tool answered. */
export interface Answer {
  /** Its texts, one below the other. */
  text: string
  structured: unknown
  isError: boolean
}

/** A call that brought no answer: nobody knows what became of it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export interface ToolServer {
  name: string
  /** Where it is: what is trusted there is not trusted elsewhere. */
  address: string
  own: boolean
  tools(): ToolDefinition[]
  isUp(): boolean
  /** Throws `NoAnswer`, or the reason of the signal. */
  call(tool: string, args: Record<string, unknown>, options: CallOptions): Promise<Answer>
  /** Resolves after the first attempt to connect, whatever came of it. */
  tried: Promise<void>
  close(): Promise<void>
}

export interface CallOptions {
  signal: AbortSignal
  meta?: Record<string, unknown>
}

const PAUSE_MAX_MS = 60_000
const PAGES = 10
const TOOLS = 200

interface Means {
  /** Told whenever there are other tools than before. */
  onTools: (tools: ToolDefinition[]) => Promise<void>
  log: Log
  version: string
  times?: ServerTimes
}

/** Opens a server; returns at once. */
export function openServer(spec: ServerSpec, { onTools, log, version, times = usualTimes }: Means): ToolServer {
  const { name, url, own = false } = spec
  const closing = new AbortController()
  const first = Promise.withResolvers<void>()
  let wake = () => {}
  let live: { client: MCPClient; transport: HttpTransport } | undefined
  let tools: ToolDefinition[] = []
  let trouble: string | undefined

  async function connect(): Promise<NonNullable<typeof live>> {
    const transport = createHttpTransport({
      url,
      fetch: spec.fetch ?? fetch,
      headers: spec.key === undefined ? {} : { authorization: `Bearer ${spec.key}` },
      onNotification: (method) => {
        if (method === 'notifications/tools/list_changed') wake()
      },
      prepare: keepReadable,
    })
    const client = await createMCPClient({
      transport,
      clientName: 'frontdesk',
      version,
      initializationOptions: { timeout: times.connectMs, signal: closing.signal },
    })
    return { client, transport }
  }

  /** Takes tools that cannot be read out of a list, so that the client does not refuse the rest. */
  function keepReadable(result: Record<string, unknown>): Record<string, unknown> {
    if (!Array.isArray(result.tools)) return result
    const readable = result.tools.filter((tool) => readDefinition(tool) !== undefined)
    const unreadable = result.tools.length - readable.length
    if (unreadable > 0) log.warn({ server: name, tools: unreadable }, 'tools whose definition cannot be read are left out')
    return { ...result, tools: readable }
  }

  async function discover({ client }: NonNullable<typeof live>): Promise<ToolDefinition[]> {
    const options = { timeout: times.callMs, signal: closing.signal }
    const found: ToolDefinition[] = []
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page += 1) {
      const { tools, nextCursor } = await client.listTools({ options, ...(cursor === undefined ? {} : { params: { cursor } }) })
      found.push(...tools.flatMap((tool) => readDefinition(tool) ?? []))
      cursor = nextCursor
      if (cursor === undefined) break
    }
    // A server that names a tool twice means the first.
    return found.filter(({ name }, index) => found.findIndex((one) => one.name === name) === index).slice(0, TOOLS)
  }

  async function keep(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      try {
        live ??= await connect()
        tools = await discover(live)
        failures = 0
        trouble = undefined
        await onTools(tools)
        first.resolve()
        await nap(times.refreshMs)
      } catch (error) {
        if (closing.signal.aborted) break
        failures += 1
        await lose(error)
        first.resolve()
        await nap(Math.min(times.retryMs * 2 ** (failures - 1), PAUSE_MAX_MS) * (0.8 + Math.random() * 0.4))
      }
    }
  }

  async function lose(error: unknown): Promise<void> {
    const before = live
    live = undefined
    tools = []
    const reason = reasonOf(error)
    if (trouble !== reason) log.warn({ server: name, reason }, 'a tool server cannot be reached')
    trouble = reason
    before?.client.close().catch(() => undefined)
    await onTools([])
  }

  function nap(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function call(tool: string, args: Record<string, unknown>, { signal, meta }: CallOptions): Promise<Answer> {
    if (!live) throw new NoAnswer(`${name} is not connected`)
    const { client, transport } = live
    const given = { ...args }
    if (meta) transport.meta.set(given, meta)
    try {
      const result = await client.callTool({ name: tool, arguments: given, options: { signal, timeout: times.callMs } })
      return readAnswer(result)
    } catch (error) {
      signal.throwIfAborted()
      if (!isFromServer(error)) wake()
      throw new NoAnswer(reasonOf(error), { cause: error })
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    wake()
    await keeping
    await live?.client.close().catch(() => undefined)
  }

  const keeping = keep()
  return {
    name,
    own,
    address: `${url.origin}${url.pathname}`,
    tools: () => tools,
    isUp: () => live !== undefined,
    call,
    tried: first.promise,
    close,
  }
}

/** What the server answers with a code of its own, it is there to answer; after anything else it is looked at again. */
function isFromServer(error: unknown): boolean {
  return MCPClientError.isInstance(error) && error.code !== undefined && error.code !== LOST && error.statusCode === undefined
}

function readAnswer(result: Awaited<ReturnType<MCPClient['callTool']>>): Answer {
  const content = Array.isArray(result.content) ? (result.content as Array<{ type: string; text?: unknown }>) : []
  const texts = content.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
  return { text: texts.join('\n'), structured: result.structuredContent, isError: result.isError === true }
}

/** Why, in a line for the owner: without what a request carried. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given'
  const cause = error.cause instanceof Error && error.cause.message !== '' ? ` (${error.cause.message})` : ''
  return `${error.message}${cause}`.replace(/\s+/g, ' ').slice(0, 200)
}
