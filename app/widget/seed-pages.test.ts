import { expect, test } from 'vitest'
import nextConfig from '../../next.config.mjs'
import { seedPage } from './seed-pages.ts'

/** The original services' file names, as the rewrites have them. */
async function names(): Promise<Map<string, string>> {
  const rewrites = await nextConfig.rewrites?.()
  if (!Array.isArray(rewrites)) throw new Error('the rewrites are one list')
  return new Map(rewrites.map(({ source, destination }) => [source, destination]))
}

test.each(['/widget_websocket_fixed.html', '/widget_websocket.html', '/widget_integration.html', '/client.html'])(
  '%s has its page',
  async (name) => {
    const destination = (await names()).get(name) ?? ''
    expect(seedPage(destination.replace('/widget/', ''))).toBeDefined()
  },
)

test('the original widget only polls, the test client opens an anonymous socket', () => {
  expect(seedPage('integration')?.scripts[0]?.data).toEqual({ transport: 'polling' })
  expect(seedPage('client')?.scripts[0]?.data).toEqual({ transport: 'websocket', address: '/ws/chat' })
})

test('other names have none', () => {
  expect(seedPage('nothing')).toBeUndefined()
  expect(seedPage('constructor')).toBeUndefined()
})

test('what is shown as code is text, not markup', () => {
  const body = seedPage('websocket')?.body ?? ''
  expect(body).toContain('&lt;script src=')
  expect(body).not.toContain('<script')
})
