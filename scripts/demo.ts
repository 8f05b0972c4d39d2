import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#lib/config.ts'
import { createDesk } from '#lib/desk.ts'
import { createStyle, showsColour } from './terminal/style.ts'

/** `npm run demo`: a desk is opened in this process, asked what customers ask, and closed again. Nothing of it stays. */

const style = createStyle(showsColour(process.stdout))
const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-demo-'))
// Words come at reading speed where somebody reads along.
const OFFLINE_PACE_MS = process.stdout.isTTY ? '8' : '0'
const { KNOWLEDGE_DIR, DESK_NAME } = process.env
const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', OFFLINE_PACE_MS, KNOWLEDGE_DIR, DESK_NAME }
const desk = await createDesk(readConfig(settings))
type Session = ReturnType<typeof desk.session>
type Answer = Awaited<ReturnType<Session['ask']>>

try {
  const alice = desk.session('alice')
  chapter('The shop: signed in by name, and an order that waits for your own approval')
  await ask(alice, 'Hello')
  if (desk.config.SHOP === 'embedded') {
    await ask(alice, 'My email is alice@example.com and PIN is 1234')
    await ask(alice, 'Show me monitors')
    const asked = await ask(alice, 'I want to order MON-0054')
    // The visitor's own approval: a click on the page, this line everywhere else.
    const approval = await alice.approval(asked)
    if (approval) await ask(alice, `confirm ${approval.code}`)
    await ask(alice, 'track it')
  }

  chapter('Browsing, without an account')
  await ask(alice, 'Which monitor should I get for photo editing?')
  await ask(alice, 'When are you open?')

  chapter('Two questions in one')
  await ask(alice, 'How long does shipping take, and can I pay with PayPal?')

  chapter('A question that leans on the one before')
  await ask(alice, 'How do I return something?')
  await ask(alice, 'And how long does that take?')

  chapter('What is not ours: no answer is made up, a person is offered')
  await ask(alice, 'Who won the football world cup in 1998?')

  chapter('Commands')
  await ask(alice, '/help')

  chapter('Two sessions at once know nothing of each other')
  const bob = desk.session('bob')
  await Promise.all([alice.ask('Do you repair laptops?'), bob.ask('Can I get an invoice for my company?')])
  for (const session of [alice, bob]) {
    const history = await session.history()
    const last = history.findLast(({ role }) => role === 'user')
    console.log(`${session.id}: ${history.length} messages, the last question was “${last?.content}”`)
  }

  chapter('Cleared, deleted')
  await bob.reset()
  console.log(`bob after a reset: ${(await bob.history()).length} messages`)
  await alice.delete()
  console.log(`alice after deletion: ${(await alice.history()).length} messages`)
  console.log(
    `\n${style.green('That was the desk.')} Start it with ${style.bold('npm start')}, and talk to it with ${style.bold('npm run talk')}.`,
  )
} finally {
  await desk.close()
  rmSync(dataDir, { recursive: true, force: true })
}

function chapter(title: string): void {
  console.log(`\n${style.bold(style.green(title))}`)
}

/** Asks and writes the answer as it comes; then where it comes from and how sure the desk is. */
async function ask(session: Session, text: string): Promise<Answer> {
  console.log(`\n${style.bold('>')} ${text}`)
  const pieces = session.stream(text)
  let next = await pieces.next()
  for (; !next.done; next = await pieces.next()) process.stdout.write(next.value)
  console.log()
  const answer = next.value
  if (answer.type !== 'message') return answer
  for (const { n, title } of answer.citations ?? []) console.log(style.dim(`  [${n}] ${title}`))
  if (answer.confidence !== undefined) console.log(style.dim(`  confidence ${answer.confidence.toFixed(2)}`))
  return answer
}
