import { afterEach, describe, expect, test } from 'vitest'
import { CHANNEL_ID, type FakeOdoo, startFakeOdoo } from '../../scripts/fake-odoo/server.ts'
import { Program } from './program.ts'

/** `npm run odoo:check`, with the stand-in in place of a real Odoo and a test in place of its operator. */

let odoo: FakeOdoo
afterEach(() => odoo.close())

const start = (...flags: string[]) => new Program('scripts/odoo-check.ts', ['--url', odoo.base.href, ...flags])
const channel = () => [...odoo.chat.channels.values()].at(-1) ?? expect.fail('no conversation')
const olivia = () => odoo.chat.operators[0] ?? expect.fail('no operator')

describe.each([17, 18, 19] as const)('npm run odoo:check, with Odoo %i', (release) => {
  test('finds a live chat in order', async () => {
    odoo = await startFakeOdoo({ release })
    odoo.chat.present(olivia(), true)
    const program = start('--channel', String(CHANNEL_ID))
    await program.writes(/→ Answer in the conversation/)
    odoo.chat.say(channel(), olivia(), '<p>Here I am</p>')
    await program.writes(/→ In the same conversation/)
    odoo.chat.say(channel(), olivia(), '<p>what is this about?</p>', 'note')
    odoo.chat.say(channel(), olivia(), '<p>done</p>')
    expect(await program.ended).toBe(0)
    const lines = program.output.trim().split('\n')
    expect(lines.filter((line) => line.startsWith('ok'))).toHaveLength(9)
    expect(lines.at(-1)).toBe('The desk can hand over to this live chat.')
    expect(channel().rating).toEqual({ rate: 5, reason: 'A check by Frontdesk' })
    expect(channel().messages[0]?.html).toContain('&lt;b&gt;This is not bold.&lt;/b&gt;')
  })
})

test('says what to do when nobody is online', async () => {
  odoo = await startFakeOdoo({ release: 19 })
  const program = start('--channel', String(CHANNEL_ID), '--wait', '1')
  expect(await program.ended).toBe(1)
  expect(program.output).toMatch(/FAILED {2}an operator who is online: nobody is online\. Somebody must be among the operators/)
})

test('says what to do when there is no such channel', async () => {
  odoo = await startFakeOdoo({ release: 17 })
  const program = start('--channel', '99')
  expect(await program.ended).toBe(1)
  expect(program.output).toMatch(/FAILED {2}the live chat channel: there is no channel 99\. In Odoo open Live Chat/)
})

test('leaves the conversation when its operator does nothing', async () => {
  odoo = await startFakeOdoo({ release: 19 })
  odoo.chat.present(olivia(), true)
  const program = start('--channel', String(CHANNEL_ID), '--wait', '1')
  expect(await program.ended).toBe(1)
  expect(program.output).toMatch(/FAILED {2}the operator answers: nothing came within 1 seconds/)
  expect(odoo.calls.at(-1)).toBe('/im_livechat/visitor_leave_session')
})
