import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { startDeafProxy } from './deaf-proxy.ts'
import { Program } from './program.ts'

describe('npm run compare-modes', () => {
  let desk: DeskProcess

  beforeAll(async () => {
    desk = await startDesk()
  }, 60_000)
  afterAll(() => desk.dispose())

  const compare = (...flags: string[]) => new Program('scripts/compare-modes.ts', ['--messages', '2', ...flags])
  const figures = (program: Program, mode: string) =>
    program.output
      .split('\n')
      .find((line) => line.startsWith(mode))
      ?.match(/ [\d.]+/g)
      ?.map(Number)

  it('measures every mode, and plain polling is the slow one', async () => {
    const program = compare('--url', desk.url)
    expect(await program.ended).toBe(0)
    for (const mode of ['WebSocket', 'SSE', 'long poll', 'polling every 3 s']) {
      const numbers = figures(program, mode)?.slice(-7) ?? []
      expect(numbers, mode).toHaveLength(7)
      const [ack = 0, , first = 0, , complete = 0, , count] = numbers
      expect(ack).toBeGreaterThan(0)
      expect(complete).toBeGreaterThanOrEqual(first)
      expect(count).toBe(2)
    }
    expect(program.output).toMatch(/\n\nWebSocket has the first words after .* polling every 3 s takes .* longer.*\.\n$/)
  }, 60_000)

  it('measures the rest where sockets do not pass, and says so', async () => {
    const proxy = await startDeafProxy(desk.url)
    try {
      const program = compare('--url', proxy.url)
      expect(await program.ended).toBe(0)
      expect(program.output).toMatch(/^WebSocket +not possible: the connection was lost$/m)
      expect(program.output).toMatch(/^SSE .* 2 messages$/m)
      expect(program.output).toMatch(/WebSocket is not possible here.*check:ws/)
    } finally {
      proxy.close()
    }
  }, 60_000)

  it.each([
    [['--url', 'http://127.0.0.1:8499'], 1, /No desk answers/],
    [['--messages', '0'], 2, /--messages takes a number from 1 to 50/],
  ])('with %j it ends with %i and a sentence', async (flags, code, sentence) => {
    const program = compare(...flags)
    expect(await program.ended).toBe(code)
    expect(program.errors).toMatch(sentence)
  })
})
