import {
  type Conversation,
  type ConversationDeps,
  type ConversationEvent,
  openConversation,
  resumeConversation,
} from '../../lib/handoff/odoo/conversation.ts'
import { hasChannel, isAnybodyOnline, releaseOf } from '../../lib/handoff/odoo/probe.ts'
import { createRpc, isFault } from '../../lib/handoff/odoo/rpc.ts'

/** The database under test, and the conversation that the checks share. */
export interface Target {
  base: URL
  channelId: number
  /** How long the person in Odoo is waited for, in milliseconds. */
  patienceMs: number
  pollMs: number
  /** Asks the person in Odoo to do something. */
  ask: (what: string) => void
  release: number
  conversation?: Conversation
  heard: ConversationEvent[]
}

export interface Check {
  name: string
  /** Does what is checked; resolves with a detail worth showing. Throws what is wrong. */
  run: (target: Target) => Promise<string | undefined>
  /** What the owner can do about a failure. */
  advise: string
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
/** How long what needs nobody may take, in milliseconds. */
const SOON_MS = 10_000

export const checks: Check[] = [
  {
    name: 'an Odoo of a release that is supported',
    advise: 'Give the address of the database, as https://your-company.odoo.com, without a page behind it.',
    async run(target) {
      target.release = await releaseOf(rpcOf(target))
      return `Odoo ${target.release}`
    },
  },
  {
    name: 'the live chat channel',
    advise: 'In Odoo open Live Chat, the channel, its tab Widget: the number stands in /im_livechat/loader/<number>.',
    async run(target) {
      if (!(await hasChannel(rpcOf(target), target.channelId))) throw new Error(`there is no channel ${target.channelId}`)
      return `number ${target.channelId}`
    },
  },
  {
    name: 'an operator who is online',
    advise:
      'Somebody must be among the operators of the channel ("Join Channel") and have Odoo open. Away, or in a call, counts as absent.',
    async run(target) {
      // After a reload Odoo takes an operator for absent, for up to a minute.
      const isThere = await within(target.patienceMs, () => isAnybodyOnline(rpcOf(target), target.channelId), 2000)
      if (!isThere) throw new Error('nobody is online')
      return undefined
    },
  },
  {
    name: 'a conversation of our own',
    advise: 'The operator may have gone in this moment: try again.',
    async run(target) {
      const deps = depsOf(target)
      const memory = await openConversation(deps, { channelId: target.channelId, visitor: 'Frontdesk (check)' })
      if (!memory) throw new Error('Odoo gave it to nobody')
      target.conversation = resumeConversation(deps, memory, (event) => target.heard.push(event))
      return `with ${memory.operator === undefined ? 'an operator' : memory.names[memory.operator]}`
    },
  },
  {
    name: 'a message of the visitor arrives',
    advise: 'Look whether a conversation "Frontdesk (check)" has opened in Odoo.',
    async run(target) {
      await conversationOf(target).say('This is a check by Frontdesk.\nPlease do what the terminal asks for. <b>This is not bold.</b>')
      await conversationOf(target).typing(true)
      return undefined
    },
  },
  {
    name: 'news come over a websocket',
    advise: 'Something on the way does not pass websockets on. The desk then asks every 1.5 seconds: slower, and nothing is lost.',
    async run(target) {
      const isOpen = () => target.heard.findLast(({ kind }) => kind === 'line')
      const line = await within(SOON_MS, () => isOpen()?.kind === 'line' && (isOpen() as { state: string }).state === 'listening', 100)
      if (!line) throw new Error('no websocket opened')
      return undefined
    },
  },
  {
    name: 'the operator answers',
    advise: 'Answer in the conversation "Frontdesk (check)" in Odoo, within the time.',
    async run(target) {
      target.ask('Answer in the conversation "Frontdesk (check)" in Odoo, with any word.')
      const { text, by } = await nextMessage(target)
      return `${by}: ${text}`
    },
  },
  {
    name: 'a remark among colleagues is not passed on',
    advise: 'This must never happen. Please report it, with your release of Odoo.',
    async run(target) {
      target.ask(
        'In the same conversation write a remark for colleagues only ("Log note", where your release has it), then the word "done".',
      )
      const before = target.heard.length
      const { text } = await nextMessage(target)
      const others = target.heard.slice(before).filter(({ kind }) => kind === 'message')
      if (others.length > 1) throw new Error(`${others.length} messages came: the remark was one of them`)
      if (!/done/i.test(text)) throw new Error(`"${text}" came in place of "done"`)
      return undefined
    },
  },
  {
    name: 'the visitor leaves, and rates once',
    advise: 'Look in Odoo whether the conversation is closed and has a rating.',
    async run(target) {
      const { leave, rate } = conversationOf(target)
      await leave()
      await rate(5, 'A check by Frontdesk')
      await rate(1)
      return undefined
    },
  },
]

const rpcOf = ({ base }: Target) => createRpc({ base })

function depsOf(target: Target): ConversationDeps {
  const { release, pollMs } = target
  return { rpc: rpcOf(target), release, pollMs, inTurn: (work) => work(), random: Math.random, log: quiet }
}

function conversationOf({ conversation }: Target): Conversation {
  if (!conversation) throw new Error('there is no conversation')
  return conversation
}

/** The operator's next message. */
async function nextMessage(target: Target): Promise<Extract<ConversationEvent, { kind: 'message' }>> {
  const before = target.heard.length
  const next = () => target.heard.slice(before).find((event) => event.kind === 'message')
  await within(target.patienceMs, () => next() !== undefined, 100)
  const message = next()
  if (!message) throw new Error(`nothing came within ${target.patienceMs / 1000} seconds`)
  return message
}

/** Whether something becomes true within a time, looked at every so often. A fault of Odoo is passed on. */
async function within(ms: number, look: () => boolean | Promise<boolean>, everyMs: number): Promise<boolean> {
  const until = Date.now() + ms
  for (;;) {
    if (await look()) return true
    if (Date.now() + everyMs > until) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** What went wrong, for a person. */
export function reasonOf(error: unknown): string {
  if (isFault(error, 'elsewhere')) return `${error.message}: is that the address of the database?`
  return error instanceof Error ? error.message : String(error)
}
