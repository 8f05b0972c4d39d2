import { z } from 'zod'
import type { ServerSpec } from './mcp/server.ts'
import type { Allowed } from './policy.ts'

/** The settings of the tools, and which servers they name. */

/** In the place of an address: the shop of this desk. */
const EMBEDDED = 'embedded'

const servers = z.string().transform((value, context) => {
  const named = value.split(',').flatMap((part, index): Array<{ name: string; url: URL | typeof EMBEDDED }> => {
    const [, name, address = ''] = /^\s*(?:([a-z][a-z0-9-]{0,31})=)?(\S+)\s*$/.exec(part) ?? []
    if (part.trim() === EMBEDDED) return [{ name: 'shop', url: EMBEDDED }]
    const url = URL.parse(address)
    if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') {
      return [{ name: name ?? (index === 0 ? 'shop' : `server${index + 1}`), url }]
    }
    const problem = `"${part.trim()}" is no address like https://shop.example.com/mcp or name=https://shop.example.com/mcp`
    context.addIssue({ code: 'custom', message: problem })
    return []
  })
  if (new Set(named.map(({ name }) => name)).size < named.length) {
    context.addIssue({ code: 'custom', message: 'names two servers alike' })
  }
  return named
})

const keys = z.string().transform((value) => value.split(',').map((key) => key.trim()))
const names = z.string().transform((value) => new Set(value.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))))

/** As settings of the desk: what each is, `.env.example` says. */
export const toolSettings = {
  MCP_SERVER_URL: servers.optional(),
  MCP_SERVER_KEY: keys.optional(),
  TOOLS_PUBLIC: names.optional(),
  TOOLS_SIGNED_IN: names.optional(),
}

const schema = z.object(toolSettings)
export type ToolSettings = z.infer<typeof schema>

/** The servers that are named, the shop first; where none is, the desk's own shop alone. */
export function chooseServers({ MCP_SERVER_URL, MCP_SERVER_KEY = [] }: ToolSettings, own: ServerSpec | undefined): ServerSpec[] {
  if (!MCP_SERVER_URL) return own ? [own] : []
  return MCP_SERVER_URL.flatMap(({ name, url }, index) => {
    if (url === EMBEDDED) return own ? [own] : []
    return [{ name, url, key: MCP_SERVER_KEY[index] || undefined }]
  })
}

export function chooseAllowed({ TOOLS_PUBLIC, TOOLS_SIGNED_IN }: ToolSettings): Allowed {
  return { public: TOOLS_PUBLIC ?? new Set(), signedIn: TOOLS_SIGNED_IN ?? new Set() }
}
