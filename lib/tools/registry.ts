import { DeskError } from '#lib/protocol/errors.ts'
import type { Log } from '#lib/session/ports.ts'
import { speaksToModel, type ToolDefinition } from './definition.ts'
import type { ToolServer } from './mcp/server.ts'
import { type Access, type Allowed, isShopTool, type OffReason, openParameters, ruling, shopTools } from './policy.ts'
import type { OfferedTool, ToolStore } from './ports.ts'

/**
 * The tools of all servers, under the names by which they are called. The first server's keep their names, others are
 * `server.tool`. A definition is trusted as it was when its server was first seen; one that is new or another later is off until the
 * owner has looked at it.
 */

export interface RegisteredTool {
  /** The name by which it is called here. */
  name: string
  server: ToolServer
  definition: ToolDefinition
  /** Whether it is one of the shop's, which are known by their names. */
  isShop: boolean
  access: Access
  description: string
  /** What a model may fill in. */
  parameters: Record<string, unknown>
}

/** A tool that is not offered, for its owner to look at. */
export interface ToolThatIsOff {
  name: string
  reason: OffReason
  fingerprint: string
  description: string
  parameters: Record<string, unknown>
}

/** A pin of no tool: its server was seen before. */
const SEEN = ''

interface Means {
  store: Pick<ToolStore, 'pins' | 'pin'>
  allowed: Allowed
  /** Whether a text speaks to a model instead of describing something. */
  isInstruction: (text: string) => boolean
  now: () => number
  log: Log
}

export type Registry = ReturnType<typeof createRegistry>

export function createRegistry({ store, allowed, isInstruction, now, log }: Means) {
  const servers: ToolServer[] = []
  /** What became of the tools of each server, by its address. */
  const found = new Map<string, Array<RegisteredTool | (ToolThatIsOff & { server: ToolServer })>>()

  /** Takes a server in. The first one is the shop. */
  function add(server: ToolServer): void {
    servers.push(server)
  }

  /** Told whenever a server has other tools, or none. */
  async function update(server: ToolServer, definitions: ToolDefinition[]): Promise<void> {
    const trusted = server.own ? undefined : await trust(server, definitions)
    const before = off().length
    found.set(
      server.address,
      definitions.map((definition) => judge(server, definition, trusted)),
    )
    if (off().length === before) return
    // That the owner named none is how it begins; everything else they may not expect.
    for (const { name, reason } of off()) log[reason === 'not_allowed' ? 'debug' : 'warn']({ tool: name, reason }, 'a tool is off')
  }

  /** The fingerprints that are trusted. Those of a server that is seen for the first time are, but for those that look like tricks. */
  async function trust(server: ToolServer, definitions: ToolDefinition[]): Promise<Map<string, string>> {
    const pins = await store.pins(server.address)
    if (definitions.length > 0 && pins.length === 0) {
      const plain = definitions.filter((definition) => !speaksToModel(definition, isInstruction))
      pins.push({ name: SEEN, fingerprint: '' }, ...plain.map(({ name, fingerprint }) => ({ name, fingerprint })))
      await store.pin(server.address, pins, now())
    }
    return new Map(pins.map(({ name, fingerprint }) => [name, fingerprint]))
  }

  function judge(server: ToolServer, definition: ToolDefinition, trusted: Map<string, string> | undefined) {
    const isFirst = server === servers[0]
    const name = isFirst ? definition.name : `${server.name}.${definition.name}`
    const known = isFirst && isShopTool(definition.name) ? shopTools[definition.name] : undefined
    const ruled = known ?? ruling(name, definition, allowed)
    const reason = doubt(definition, trusted) ?? ('off' in ruled ? ruled.off : undefined)
    const parameters = known?.parameters ?? openParameters(definition)
    const description = known?.description ?? definition.description
    if (reason !== undefined || 'off' in ruled) {
      return { name, reason: reason ?? 'not_allowed', fingerprint: definition.fingerprint, description, parameters, server } as const
    }
    return { name, server, definition, isShop: known !== undefined, access: ruled.access, description, parameters }
  }

  function doubt(definition: ToolDefinition, trusted: Map<string, string> | undefined): OffReason | undefined {
    const pinned = trusted?.get(definition.name)
    if (trusted === undefined || pinned === definition.fingerprint) return undefined
    if (speaksToModel(definition, isInstruction)) return 'speaks_to_model'
    return pinned === undefined ? 'new' : 'changed'
  }

  /** All there is, in the order of the servers; of two with one name, the later is off. */
  function all() {
    const taken = new Set<string>()
    return servers.flatMap((server) =>
      (found.get(server.address) ?? []).map((tool) => {
        if ('reason' in tool) return tool
        const { name, description, parameters, definition } = tool
        if (taken.has(name)) {
          return { name, reason: 'name_taken' as const, fingerprint: definition.fingerprint, description, parameters, server }
        }
        taken.add(name)
        return tool
      }),
    )
  }

  function usable(): RegisteredTool[] {
    return all().flatMap((tool) => ('reason' in tool ? [] : [tool]))
  }

  function off(): Array<ToolThatIsOff & { server: ToolServer }> {
    return all().flatMap((tool) => ('reason' in tool ? [tool] : []))
  }

  /** The tool of that name, if it may be called. */
  function tool(name: string): RegisteredTool | undefined {
    return usable().find((one) => one.name === name)
  }

  function offered(): OfferedTool[] {
    return usable()
      .filter(({ access }) => access !== 'internal')
      .map(({ name, description, parameters, access }) => {
        return { name, description, parameters, requiresAuth: access !== 'public', sideEffect: access === 'approval' }
      })
  }

  /** Trusts a tool as it is. Throws `not_found` for one that is not off for its definition, `mismatch` if it is another by now. */
  async function approve(name: string, fingerprint: string): Promise<void> {
    const doubted: OffReason[] = ['changed', 'new', 'speaks_to_model']
    const one = off().find((tool) => tool.name === name && doubted.includes(tool.reason))
    if (!one) throw new DeskError('not_found', 'No tool of this name waits for an approval.')
    if (one.fingerprint !== fingerprint) throw new DeskError('mismatch', 'This tool has changed again. Look at it once more.')
    const { server } = one
    const plain = server === servers[0] ? name : name.slice(server.name.length + 1)
    await store.pin(server.address, [{ name: plain, fingerprint }], now())
    log.info({ tool: name }, 'the owner approved a tool')
    await update(server, server.tools())
  }

  /** How the tools are, for `/health`: names and counts, nothing that a server wrote. */
  function health(): { status: string; detail: string } {
    const lines = servers.map((server) => {
      const ours = usable().filter((tool) => tool.server === server).length
      return server.isUp() ? `${server.name}: ${ours} tools` : `${server.name}: cannot be reached`
    })
    const doubted = off().filter(({ reason }) => reason !== 'not_allowed')
    const waiting = doubted.length > 0 ? [`off: ${doubted.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`] : []
    const isWhole = servers.every((server) => server.isUp()) && doubted.length === 0
    return { status: isWhole ? 'ok' : 'degraded', detail: [...lines, ...waiting].join('; ') || 'none' }
  }

  return { add, update, tool, offered, off, approve, health }
}
