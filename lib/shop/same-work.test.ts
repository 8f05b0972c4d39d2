import { argon2 } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { alice, shopForTests } from './fixtures.ts'

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  return { ...crypto, argon2: vi.fn(crypto.argon2) }
})

test.each([
  ['the right PIN', alice.email, alice.pin, false],
  ['a wrong one', alice.email, '9999', false],
  ['an e-mail that nobody has', 'nobody@example.com', '9999', false],
  ['a PIN of the demo where strangers come', alice.email, alice.pin, true],
])('%s costs one hash, with the same parameters', async (_, email, pin, refuseDemoPins) => {
  const here = await shopForTests({ refuseDemoPins })
  try {
    vi.mocked(argon2).mockClear()
    await here.shop.verifyPin(email, pin)
    expect(vi.mocked(argon2).mock.calls).toHaveLength(1)
    const [algorithm, parameters] = vi.mocked(argon2).mock.calls[0] ?? []
    expect(algorithm).toBe('argon2id')
    expect(parameters).toMatchObject({
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
      nonce: expect.objectContaining({ length: 16 }),
      message: expect.objectContaining({ length: 32 }),
    })
  } finally {
    await here.close()
  }
})
