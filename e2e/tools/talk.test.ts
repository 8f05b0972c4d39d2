import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskProcess, startDesk } from '../support/desk-process.ts'
import { Program } from './program.ts'

const question = 'How long does shipping take?'

describe('npm run talk', () => {
  let desk: DeskProcess

  beforeAll(async () => {
    desk = await startDesk()
  }, 60_000)
  afterAll(() => desk.dispose())

  const talk = (...flags: string[]) => new Program('scripts/talk.ts', ['--url', desk.url, ...flags])

  it.each([
    ['ws', 'Real-time connected (websocket)'],
    ['sse', 'Real-time connected (sse)'],
    ['poll', 'Using polling mode (polling)'],
    ['auto', 'Real-time connected (websocket)'],
  ])('answers questions from a pipe over %s, each once, and ends', async (transport, state) => {
    const program = talk('--transport', transport)
    program.say(question, 'And how much does it cost?', '/whoami', 'ping')
    expect(await program.finish()).toBe(0)
    expect(program.errors).toContain(state)
    expect(program.output.match(/^> .*$/gm)).toEqual([`> ${question}`, '> And how much does it cost?', '> /whoami'])
    expect(program.output.match(/takes 3 to 5 business days/g)).toHaveLength(1)
    expect(program.output).toMatch(
      /^ {2}\[1\] Shipping times.* http:\/\/127\.0\.0\.1:\d+\/knowledge\/shipping-times#\S+\n {2}confidence \d\.\d\d$/m,
    )
    expect(program.output).toMatch(/^Session \S+: not signed in/m)
    expect(program.output).toMatch(/^pong after \d+ ms$/m)
    expect(program.output).not.toContain('\x1b')
  })

  it('goes on in a session that it is given', async () => {
    const first = talk('--session', 'talked-before')
    first.say(question)
    expect(await first.finish()).toBe(0)
    const second = talk('--session', 'talked-before')
    second.say('And how much does it cost?')
    expect(await second.finish()).toBe(0)
    expect(second.output.match(/^> .*$/gm)).toEqual([`> ${question}`, '> And how much does it cost?'])
  })

  it('outlives a desk that is killed, and asks what could not be sent meanwhile', async () => {
    const program = talk()
    program.say(question)
    await program.writes(/confidence/)
    await desk.kill()
    await program.writes(/Connection error/)
    program.say('Can I pay with PayPal?')
    await desk.restart()
    await program.writes(/PayPal.*confidence/s)
    expect(await program.finish()).toBe(0)
    expect(program.output.match(/^> .*$/gm)).toEqual([`> ${question}`, '> Can I pay with PayPal?'])
    expect(program.output.match(/^ {2}confidence/gm)).toHaveLength(2)
  }, 60_000)

  it('says what the desk refuses, and fails', async () => {
    const program = talk()
    program.say('/nonsense', question)
    expect(await program.finish()).toBe(1)
    expect(program.errors).toContain('There is no command /nonsense.')
    expect(program.output).toContain('3 to 5 business days')
  })

  it.each([
    [['--url', 'http://127.0.0.1:8499'], 1, /No desk answers at .*npm start/],
    [['--url', 'ftp://nowhere'], 2, /is no address.*npm run talk/s],
    [['--transport', 'pigeon'], 2, /--transport takes auto, ws, sse, poll/],
    [['--colour'], 2, /Unknown option '--colour'.*npm run talk/s],
    [['--session', 'nobody', '--token', 'wrong', '--transport', 'sse'], 1, /There is no session nobody/],
  ])('with %j it ends with %i and a sentence', async (flags, code, sentence) => {
    const program = talk(...flags)
    program.say(question)
    expect(await program.ended).toBe(code)
    expect(program.errors).toMatch(sentence)
  })
})

describe('Ctrl+C in npm run talk', () => {
  let desk: DeskProcess

  beforeAll(async () => {
    desk = await startDesk({ OFFLINE_PACE_MS: '60' })
  }, 60_000)
  afterAll(() => desk.dispose())

  it('stops the running answer once, and leaves the second time', async () => {
    const program = new Program('scripts/talk.ts', ['--url', desk.url])
    program.say(question)
    await program.writes(/Standard shipping/)
    program.signal('SIGINT')
    await program.writes(/\(stopped\)/)
    program.signal('SIGINT')
    expect(await program.ended).toBe(130)
  })
})
