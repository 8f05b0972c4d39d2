import { createInterface } from 'node:readline'
import { isGuest } from './fake-odoo/dialect.ts'
import { CHANNEL_ID, startFakeOdoo } from './fake-odoo/server.ts'
import { readFlags, refuse } from './terminal/arguments.ts'

const usage = `A stand-in for an Odoo server with a live chat, for development. What you type is what its operator answers.

  npm run fake-odoo -- [--release 17|18|19] [--port 8069]

  /note text    a remark among colleagues      /away, /back    the operator goes and comes
  /join /leave  a second operator              /end            the operator ends the conversation`

const flags = readFlags({ release: { type: 'string', default: '19' }, port: { type: 'string', default: '8069' } }, usage)
const release = ([17, 18, 19] as const).find((one) => String(one) === flags.release) ?? refuse('--release takes 17, 18 or 19.', usage)
const odoo = await startFakeOdoo({ release, port: Number(flags.port) })
const [olivia, oscar] = odoo.chat.operators
if (!olivia || !oscar) throw new Error('there are no operators')
odoo.chat.present(olivia, true)
console.log(`Odoo ${release} (a stand-in) at ${odoo.base.href}, live chat channel ${CHANNEL_ID}. ${olivia.username} is online.`)

odoo.chat.listeners.add(({ message }) => {
  if (message.type !== 'discuss.channel/new_message') return
  const said = latest()?.messages.at(-1)
  if (said && isGuest(said.author)) console.log(`${said.author.name}: ${said.html}`)
})

createInterface({ input: process.stdin }).on('line', (line) => {
  const channel = latest()
  const [, command, rest = ''] = /^\/(\w+)\s*(.*)$/.exec(line) ?? []
  if (command === 'away' || command === 'back') return odoo.chat.present(olivia, command === 'back')
  if (!channel) return console.log('There is no conversation yet.')
  if (command === undefined) odoo.chat.say(channel, olivia, `<p>${line.replaceAll('<', '&lt;')}</p>`)
  else if (command === 'note') odoo.chat.say(channel, olivia, `<p>${rest}</p>`, 'note')
  else if (command === 'join') odoo.chat.join(channel, oscar)
  else if (command === 'leave') odoo.chat.leave(channel, oscar)
  else if (command === 'end') odoo.chat.leave(channel, olivia)
  else console.log(usage)
})

function latest() {
  return [...odoo.chat.channels.values()].at(-1)
}
