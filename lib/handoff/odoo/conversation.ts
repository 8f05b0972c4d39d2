import { type BusDeps, followBus } from './bus.ts'
import { isOver, readAfter } from './history.ts'
import { htmlOfText, textOfHtml } from './html.ts'
import { type OdooEvent, type OdooFile, type OdooMessage, readNotification } from './notifications.ts'
import { type Opened, readOpened } from './opened.ts'
import { idIn, isObject, objectsIn } from './records.ts'
import { type Cookies, isFault, OdooFault } from './rpc.ts'

/**
 * One conversation in Odoo Live Chat, as its visitor.
 *
 *   open ──► waiting ──operator writes──► active ──► ended ──rate──► rated
 *              └───────────── end, or leave ──────────┘
 *
 * Odoo takes messages after the end and would show them to nobody, so it is this state that keeps from sending them.
 */

export type ConversationEvent =
  | { kind: 'message'; id: number; by: string; text: string; files: OdooFile[] }
  /** `text` is undefined when it was taken back. */
  | { kind: 'changed'; id: number; text: string | undefined }
  | { kind: 'typing'; by: string; isTyping: boolean }
  | { kind: 'joined' | 'left'; by: string }
  /** The operator who is in charge is online, or is not. Odoo is often wrong about it for a minute. */
  | { kind: 'presence'; isOnline: boolean }
  | { kind: 'line'; state: 'listening' | 'asking' | 'unreachable' }
  | { kind: 'ended' }

/** All that is needed to go on in another process. The token and the cookies are secrets of the visitor. */
export interface ConversationMemory extends Opened {
  cookies: Cookies
  state: 'waiting' | 'active' | 'ended' | 'rated'
  /** The last message that was seen, of whomever. */
  lastMessage: number
}

export type ConversationDeps = Omit<BusDeps, 'cookies' | 'guestToken' | 'presence'>
export type Conversation = ReturnType<typeof resumeConversation>

/** Opens a conversation with whoever is online; undefined when nobody is. A guest of its own, so that nothing of another one gets here. */
export async function openConversation(
  deps: ConversationDeps,
  { channelId, visitor, previousOperator }: { channelId: number; visitor: string; previousOperator?: number },
  signal?: AbortSignal,
): Promise<ConversationMemory | undefined> {
  const cookies: Cookies = {}
  const wish = previousOperator === undefined ? {} : { previous_operator_id: previousOperator }
  const params = { channel_id: channelId, anonymous_name: visitor, persisted: true, ...wish }
  const opened = readOpened(await deps.rpc.call('/im_livechat/get_session', params, cookies, signal))
  if (!opened) return undefined
  cookies.dgid = opened.guestToken
  const guest = Number(opened.guestToken.split('|')[0])
  // 19 calls every guest "Visitor" until they are named. A conversation with an unnamed one is better than none.
  await deps.rpc.call('/mail/guest/update_name', { guest_id: guest, name: visitor }, cookies, signal).catch(ifFault)
  return { ...opened, cookies, state: 'waiting', lastMessage: 0 }
}

/** Takes part in a conversation from where `memory` stands. It tells `hear` what happens until it is closed; `memory` follows. */
export function resumeConversation(deps: ConversationDeps, memory: ConversationMemory, hear: (event: ConversationEvent) => void) {
  const { rpc, release } = deps
  const { channel, cookies } = memory
  const abort = new AbortController()
  const seen = new Set<number>()
  const own = new Set<number>()
  let sending: Promise<unknown> = Promise.resolve()
  let reading: Promise<void> | undefined

  const { last, guestToken } = memory
  const listener = {
    heard: (notification: unknown) => {
      for (const event of readNotification(notification, memory)) tell(meaningOf(event))
    },
    missed: () => void catchUp().catch(ifFault),
    state: (state: 'listening' | 'asking' | 'unreachable') => hear({ kind: 'line', state }),
    at: (place: number) => {
      memory.last = place
    },
  }
  followBus({ ...deps, cookies, guestToken, presence: presenceChannel(memory) }, last, listener, abort.signal)

  function tell(event: ConversationEvent | undefined): void {
    if (event) hear(event)
  }

  /** What a notification means to the visitor; what changes in the conversation is noted. */
  function meaningOf(event: OdooEvent): ConversationEvent | undefined {
    switch (event.kind) {
      case 'message':
        return saying(event.message)
      case 'changed':
        // What was changed before it was seen is seen as it is now.
        return seen.has(event.id)
          ? { kind: 'changed', id: event.id, text: event.html === undefined ? undefined : wordsOf(event.html) }
          : undefined
      case 'typing':
        return { kind: 'typing', by: nameOf(event.partner), isTyping: event.isTyping }
      case 'named':
        memory.names[event.partner] = event.name
        return undefined
      case 'joined':
        return joining(event.member, event.partner)
      case 'left':
        return leaving(event.member)
      case 'count':
        return event.members <= 1 ? ending() : undefined
      case 'presence':
        return event.partner === memory.operator ? { kind: 'presence', isOnline: event.status === 'online' } : undefined
      case 'ended':
        return ending()
    }
  }

  function saying({ id, partner, html, files }: OdooMessage): ConversationEvent | undefined {
    if (seen.has(id)) return undefined
    seen.add(id)
    memory.lastMessage = Math.max(memory.lastMessage, id)
    if (memory.state === 'waiting') memory.state = 'active'
    return { kind: 'message', id, by: nameOf(partner), text: wordsOf(html), files }
  }

  function joining(member: number, partner: number): ConversationEvent | undefined {
    if (memory.members[member] !== undefined) return undefined
    memory.members[member] = partner
    return { kind: 'joined', by: nameOf(partner) }
  }

  function leaving(member: number): ConversationEvent | undefined {
    const partner = memory.members[member]
    delete memory.members[member]
    return partner === undefined ? undefined : { kind: 'left', by: nameOf(partner) }
  }

  function ending(): ConversationEvent | undefined {
    if (hasEnded()) return undefined
    memory.state = 'ended'
    return { kind: 'ended' }
  }

  const hasEnded = () => memory.state === 'ended' || memory.state === 'rated'
  const nameOf = (partner: number) => memory.names[partner] ?? 'Support'
  const wordsOf = (html: string) => textOfHtml(html, rpc.base)

  /** Sends one thing after the other, in the order of the calls. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = sending.then(work, work)
    sending = done.catch(() => undefined)
    return done
  }

  /**
   * Says something as the visitor; resolves with the message's number. `again`: it was tried before and may have arrived, so that is
   * looked for first. Throws an OdooFault; `refused` once the conversation has ended.
   */
  function say(text: string, { again = false } = {}): Promise<number> {
    return inOrder(async () => {
      if (hasEnded()) throw new OdooFault('refused', 'the conversation has ended')
      const id = (again ? await arrived(text) : undefined) ?? (await post(htmlOfText(text)))
      own.add(id)
      memory.lastMessage = Math.max(memory.lastMessage, id)
      return id
    })
  }

  async function post(body: string): Promise<number> {
    const post_data = { body, message_type: 'comment', subtype_xmlid: 'mail.mt_comment' }
    const answer = await rpc.call('/mail/message/post', { thread_model: 'discuss.channel', thread_id: channel, post_data }, cookies)
    const id = isObject(answer) ? idIn(answer.message_id ?? objectsIn(answer['mail.message'])[0] ?? answer) : undefined
    if (id === undefined) throw new OdooFault('unreachable', 'the message has no number')
    return id
  }

  /** The visitor's own message of these words after all that is known, if it is there. */
  async function arrived(text: string): Promise<number | undefined> {
    const read = await readAfter(rpc, release, memory, memory.lastMessage)
    return read.own.find(({ id, html }) => !own.has(id) && wordsOf(html) === wordsOf(htmlOfText(text)))?.id
  }

  /** Reads what the bus can no longer tell. */
  function catchUp(): Promise<void> {
    reading ??= readOn().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function readOn(): Promise<void> {
    for (let isWhole = false; !isWhole; ) {
      const page = await readAfter(rpc, release, memory, memory.lastMessage)
      for (const message of page.messages) tell(saying(message))
      memory.lastMessage = Math.max(memory.lastMessage, page.last)
      isWhole = page.isWhole
    }
    if (await isOver(rpc, release, memory)) tell(ending())
  }

  /** Says that the visitor writes. Of no importance: what fails is not tried again. */
  async function typing(isTyping: boolean): Promise<void> {
    if (hasEnded()) return
    await rpc.call('/discuss/channel/notify_typing', { channel_id: channel, is_typing: isTyping }, cookies).catch(ifFault)
  }

  /** Ends it for the visitor; left open, it would go on counting as a load of the operator. */
  async function leave(): Promise<void> {
    await inOrder(() => rpc.call('/im_livechat/visitor_leave_session', named(), cookies))
    if (!hasEnded()) memory.state = 'ended'
  }

  /** Rates it, once: 1, 3 or 5, all that Odoo means something by. */
  async function rate(grade: 1 | 3 | 5, reason = ''): Promise<void> {
    if (memory.state === 'rated') return
    try {
      await rpc.call('/im_livechat/feedback', { ...named(), rate: grade, reason }, cookies)
    } catch (error) {
      // 19 lets nobody rate twice: it was rated already, perhaps by a call whose answer was lost.
      if (!isFault(error, 'refused')) throw error
    }
    memory.state = 'rated'
  }

  /** 17 names a conversation by its uuid where it is left or rated. */
  const named = () => (release >= 18 || memory.uuid === undefined ? { channel_id: channel } : { uuid: memory.uuid })

  return { memory, say, typing, leave, rate, catchUp, close: () => abort.abort() }
}

/** What the operator's presence is called on the bus. */
function presenceChannel({ operator, presenceToken }: Opened): string | undefined {
  if (operator === undefined) return undefined
  return `odoo-presence-res.partner_${operator}${presenceToken === undefined ? '' : `-${presenceToken}`}`
}

function ifFault(error: unknown): void {
  if (!isFault(error)) throw error
}
