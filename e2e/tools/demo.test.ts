import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Program } from './program.ts'

describe('npm run demo', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'frontdesk-demo-test-'))
  const program = new Program('scripts/demo.ts', [], { TMPDIR: temporary })
  let code: number | null

  beforeAll(async () => {
    code = await program.ended
  }, 60_000)
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  /** What was answered to a question. */
  const answerTo = (question: string) => program.output.split(`\n> ${question}\n`)[1]?.split('\n> ')[0]

  it('ends by itself and leaves nothing behind', () => {
    expect(program.errors).toBe('')
    expect(code).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })

  it.each([
    ['Hello', /sign in with your e-mail address and your PIN/],
    ['My email is alice@example.com and PIN is 1234', /^Welcome, Alice/],
    ['Show me monitors', /I found \d+ products in Monitors\./],
    ['I want to order MON-0054', /approve it: Order 1 × MON-0054.*\$166\.85/],
    ['track it', /Order \S+ is submitted.*1 × MON-0054/s],
    ['Which monitor should I get for photo editing?', /sRGB.*\[1\]\n {2}\[1\] Buying guide: monitors.*\n {2}confidence 0\.\d\d/s],
    ['How long does shipping take, and can I pay with PayPal?', /3 to 5 business days.*PayPal.*\[1\] Shipping.*\[2\] Payment/s],
    ['And how long does that take?', /[Rr]efund.*days/],
    ['Who won the football world cup in 1998?', /^I do not know.*\n {2}confidence 0\.00\n/],
    ['/help', /\/whoami - Show this session/],
  ])('answers “%s”', (question, answer) => {
    expect(answerTo(question)).toMatch(answer)
  })

  it('places the order once it is confirmed', () => {
    expect(program.output).toMatch(/\n> confirm [A-Z2-9]{6}\nYour order \S+ is placed: 1 × MON-0054/)
  })

  it('keeps two sessions apart, clears and deletes', () => {
    expect(program.output).toContain('the last question was “Do you repair laptops?”')
    expect(program.output).toContain('bob: 2 messages, the last question was “Can I get an invoice for my company?”')
    expect(program.output).toContain('bob after a reset: 0 messages')
    expect(program.output).toContain('alice after deletion: 0 messages')
  })
})
