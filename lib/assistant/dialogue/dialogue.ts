import type { SessionRecord, TurnContext } from '#lib/session/ports.ts'
import type { Gateway } from '#lib/tools/ports.ts'
import { readReply } from '../intent.ts'
import { readable } from '../readable.ts'
import { browse } from './browsing.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Catalogue, createCatalogues } from './catalogue.ts'
import { type Memory, recollect } from './memory.ts'
import { askAgain, decided, order } from './ordering.ts'
import { type ShopPhrases, shopPhrasesIn } from './phrases/phrases.ts'
import { canBeDone, isContested } from './relevance.ts'
import type { Reply, Turn } from './reply.ts'
import { compare, showProduct } from './showing.ts'
import { notSignedIn, signIn, signOut, whoAmI } from './signing-in.ts'
import { slotsIn, withoutCredentials } from './slots.ts'
import { cancel, listOrders, track } from './tracking.ts'
import { createWishReader, type Wish } from './wishes.ts'

/**
 * The conversation about the shop, without a model.
 *
 *                     show, narrow down, compare, tell of one
 *                          ┌────────┐
 *                          ▼        │        no
 *   greeted ──────────► browsing ───┘ ◄──────────────────────────────────┐
 *                          │                                             │
 *                          │ order, my orders, where is it, cancel       │
 *            ┌─────────────┴──────────────┐                              │
 *            ▼ nobody has signed in       ▼ signed in                    │
 *     asked to sign in ──verified──►  looked up, or ──────────────► to be approved ──5 minutes──► lapsed
 *       ▲    │   ▲     (goes on with      │      proposed            │   ▲      ▲                  │
 *       │    │   └wrong─ what was asked)  ▼                          │   └typed │                  │ yes: proposed
 *       │    ▼                        an order ◄──carried out────────┘     yes  └──────────────────┘ again
 *     e-mail known,                  spoken of ──track it, cancel it──►  (as above)
 *     PIN awaited
 *
 * Where a conversation stands is never stored: it is read from its log (`memory.ts`). What is wanted is read from the message
 * (`wishes.ts`), and what it is about from what was shown. To carry something out is not in it: that takes the visitor's own
 * approval, which comes by another way.
 */

export interface DialogueDeps {
  gateway: Gateway
  /** Questions that articles answer, and the languages of those. */
  asked: string[]
  languages: readonly string[]
  deskName: string
  now: () => number
}

export interface DialogueContext extends Pick<TurnContext, 'questions' | 'history'> {
  session: Pick<SessionRecord, 'key' | 'customer' | 'approvals'>
  turn: Pick<TurnContext['turn'], 'id'>
}

/** What a message comes to, as far as the shop is concerned. */
export interface Understood {
  /** Greetings and sign-ins are answered whatever else is in the message. */
  event?: 'greeting' | NonNullable<TurnContext['questions'][number]['sign_in']>
  wish: Wish | undefined
  memory: Memory
  /** An article may answer it as well. */
  isContested: boolean
  catalogue: Catalogue
}

export type Dialogue = ReturnType<typeof createDialogue>

export function createDialogue({ gateway, asked, languages, deskName, now }: DialogueDeps) {
  const { readWish, isCommon } = createWishReader(asked, languages)
  const catalogueNow = createCatalogues({ gateway, isCommon, now })

  /** Whether there is a shop to speak of. */
  const isOpen = () => gateway.offered().some(({ name }) => name === 'list_products')

  const callerOf = ({ session, turn }: DialogueContext) => ({ session: session.key, turn: turn.id, customer: session.customer })

  /** What the open messages want of the shop; undefined when nothing. */
  async function understand(context: DialogueContext, isGreeting: boolean, signal: AbortSignal): Promise<Understood | undefined> {
    const { questions, history, session } = context
    const catalogue = await catalogueNow()
    signal.throwIfAborted()
    const read = (text: string) => readWish(readable(text), catalogue.namesIn)
    const memory = recollect({ history, session, now: now() }, read)
    const isSpokenOf = memory.shown.length > 0 || memory.order !== undefined
    const readNow = (text: string) => readWish(readable(text), catalogue.namesIn, isSpokenOf)
    const event = questions.findLast(({ sign_in }) => sign_in !== undefined)?.sign_in
    const texts = questions.map(({ content, sign_in }) => (sign_in === undefined ? content : withoutCredentials(content)))
    const said = texts.filter((text) => text.trim() !== '').join('\n')
    const wish = said === '' ? undefined : (replyTo(said, memory, context, readNow) ?? readNow(said))
    const own = wish && canBeDone(wish, memory) ? wish : undefined
    const common = { memory, catalogue, isContested: own !== undefined && isContested(own, memory) }
    if (event !== undefined) return { ...common, event, wish: own ?? (event === 'verified' ? memory.pending : undefined) }
    if (isGreeting) return { ...common, event: 'greeting', wish: undefined }
    return own ? { ...common, wish: own } : undefined
  }

  /** A yes or a no means what was asked last: an approval, or the one reply that was offered. */
  function replyTo(said: string, memory: Memory, { history }: DialogueContext, read: (text: string) => Wish | undefined): Wish | undefined {
    const reply = readReply(said)
    if (!reply) return undefined
    const own = read(said)
    // "Yes, and show me monitors" is more than a yes.
    const isMore = own && (own.skus.length + own.names.length > 0 || !['confirm', 'decline', 'order', 'cancel'].includes(own.name))
    if (isMore) return own
    if (memory.open) return bare(reply === 'yes' ? 'confirm' : 'decline', said)
    if (reply === 'no') return undefined
    const last = history.findLast(({ role }) => role === 'assistant')
    const [option, ...others] = last?.decision?.kind === 'answer' ? (last.options ?? []) : []
    const offered = option !== undefined && others.length === 0 ? read(option) : undefined
    return offered ?? (memory.lapsed ? bare('confirm', said) : own)
  }

  /** The calls that an answer to these messages may make. */
  const callsFor = (context: DialogueContext, signal: AbortSignal) => createCalls(gateway, callerOf(context), signal)

  /** Answers what was understood, by calls of tools. Throws only when the signal aborts. */
  async function answer(understood: Understood, context: DialogueContext, language: string, calls: Calls, signal: AbortSignal) {
    const say = shopPhrasesIn(language)
    const reply = await replyOf(understood, context, calls, say)
    signal.throwIfAborted()
    return { ...reply, toolCalls: calls.toolCalls }
  }

  async function replyOf(
    { event, wish, memory, catalogue }: Understood,
    context: DialogueContext,
    calls: Calls,
    say: ShopPhrases,
  ): Promise<Reply> {
    const done = async (own: Wish) => fulfil({ wish: own, memory, calls, say, catalogue })
    if (event === 'greeting') return greeting(memory, catalogue, say)
    if (event === undefined) return wish ? done(wish) : { text: say.cannot, reason: 'no wish' }
    if (event !== 'verified' || !memory.customer) {
      return notSignedIn(event === 'verified' ? 'unavailable' : event, emailIn(context), { say })
    }
    const welcome = say.welcome(memory.customer.name)
    const reason = `signed in, via ${memory.customer.via}`
    if (!wish) return { text: `${welcome} ${say.afterWelcome}`, reason, options: [...showing(catalogue, say), say.reply.orders] }
    const next = await done(wish)
    return { ...next, text: `${welcome} ${next.text}`, reason: `${reason}; then ${next.reason}` }
  }

  function greeting({ customer }: Memory, catalogue: Catalogue, say: ShopPhrases): Reply {
    const options = showing(catalogue, say)
    if (customer) return { text: say.greetingKnown(customer.name), reason: 'a greeting', options: [say.reply.orders, ...options] }
    return { text: say.greeting(deskName), reason: 'a greeting', cards: [{ kind: 'sign_in' }], options }
  }

  return { isOpen, understand, callsFor, answer, tools: gateway.offered }
}

/** Categories that a new visitor is offered to see. */
const OFFERED = 2
const showing = ({ categories }: Catalogue, say: ShopPhrases) => categories.slice(0, OFFERED).map(say.reply.show)

/** What each wish is done with. */
async function fulfil(turn: Turn): Promise<Reply> {
  switch (turn.wish.name) {
    case 'browse':
      return browse(turn)
    case 'product':
      return showProduct(turn)
    case 'compare':
      return compare(turn)
    case 'order':
      return order(turn)
    case 'orders':
      return listOrders(turn)
    case 'status':
      return track(turn)
    case 'cancel':
      return cancel(turn)
    case 'whoAmI':
      return whoAmI(turn)
    case 'signIn':
      return signIn(turn)
    case 'signOut':
      return signOut(turn)
    case 'confirm':
    case 'decline':
      return decided(turn) ?? askAgain(turn)
  }
}

/** A wish that is said by a yes or a no. */
function bare(name: Wish['name'], said: string): Wish {
  return { ...slotsIn(said, () => []), name, certainty: 1, describing: [] }
}

function emailIn({ questions }: DialogueContext): string | undefined {
  return questions.flatMap(({ content }) => content.match(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/u)?.[0] ?? []).at(-1)
}
