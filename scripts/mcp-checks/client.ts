import { openServer } from '#lib/tools/mcp/server.ts'

/**
 * What the conformance suite runs to see our MCP client at work: it connects to the address that it is given, as the desk does,
 * looks which tools there are, calls the first of them, and leaves.
 */

const quiet = { debug() {}, info() {}, warn: console.error, error: console.error }
const [address = ''] = process.argv.slice(2)

const server = openServer({ name: 'suite', url: new URL(address) }, { onTools: async () => undefined, log: quiet, version: '1.0.0' })
await server.tried
const [tool] = server.tools()
if (tool) {
  const numbers = Object.fromEntries(Object.keys((tool.inputSchema.properties ?? {}) as object).map((name, index) => [name, index + 2]))
  const answer = await server.call(tool.name, numbers, { signal: AbortSignal.timeout(20_000) })
  console.log(answer.text)
}
await server.close()
