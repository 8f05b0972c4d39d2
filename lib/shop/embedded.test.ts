import { createMCPClient } from '@ai-sdk/mcp'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silent } from '#lib/session/fixtures.ts'
import { openEmbeddedShop } from './embedded.ts'
import { alice, PEPPER, shopForTests } from './fixtures.ts'
import { tools } from './tools/all-tools.ts'

let here: Awaited<ReturnType<typeof shopForTests>>
beforeEach(async () => {
  here = await shopForTests()
})
afterEach(() => here.close())

test.each([true, false])(
  "the desk's own client has every tool, unguarded, without a request leaving the process (discovery: %s)",
  async (protocolVersionDiscovery) => {
    const outside = vi.spyOn(globalThis, 'fetch')
    const shop = await openEmbeddedShop({
      store: here.store,
      pepper: PEPPER,
      exposed: false,
      faults: undefined,
      searchKnowledge: async () => [],
      guard: () => Promise.reject(new Error('the desk has a guard of its own')),
      version: '1.0.0',
      log: silent,
    })
    const client = await createMCPClient({
      transport: { type: 'http', url: 'http://desk.internal/mcp', fetch: shop.fetch },
      protocolVersionDiscovery,
    })
    try {
      expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
      const { email, pin } = alice
      expect(await client.callTool({ name: 'verify_customer_pin', arguments: { email, pin } })).toMatchObject({
        content: [{ type: 'text', text: expect.stringMatching(/^✓ Customer verified: Alice Warren/) }],
        structuredContent: { customer_id: alice.id },
      })
      expect(outside).not.toHaveBeenCalled()
    } finally {
      await client.close()
      outside.mockRestore()
    }
  },
)
