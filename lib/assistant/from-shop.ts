import type { Conclusion, Piece, Proposal } from '#lib/session/ports.ts'
import { type Agent, agentFor } from './agents.ts'
import { type Answering, type Asked, decided, type Offer, spoken } from './conclusions.ts'
import type { Calls } from './dialogue/calls.ts'
import type { Dialogue, DialogueContext, Understood } from './dialogue/dialogue.ts'
import { needsCustomer } from './dialogue/memory.ts'
import { sentence } from './dialogue/ordering.ts'
import { shopPhrasesIn } from './dialogue/phrases/phrases.ts'
import type { Wish } from './dialogue/wishes.ts'
import { type ArticleDeps, fromArticles } from './from-articles.ts'
import type { Phrases } from './phrases.ts'
import { planAnswer } from './plan.ts'
import type { Understanding } from './understand.ts'
import { type Told, withTools } from './with-tools.ts'

export interface ShopDeps extends ArticleDeps {
  dialogue: Dialogue
}

export interface Manner {
  say: Phrases
  offer: Offer
  language: string
}

type Context = Asked & DialogueContext

/**
 * Answers what is wanted of the shop; where an article says as much as can be said yet, from that. A model may look things up and
 * tell of them in its own words; what it leaves undone, the dialogue does.
 */
export async function* fromShop(
  deps: ShopDeps,
  context: Context,
  meaning: Understanding,
  understood: Understood,
  manner: Manner,
  signal: AbortSignal,
): Answering {
  if (understood.isContested && isForArticles(deps, meaning, understood)) {
    return yield* articleFirst(deps, context, meaning, understood, manner, signal)
  }
  const calls = deps.dialogue.callsFor(context, signal)
  const speaker = agentOf(deps, context, understood.wish)?.name
  const told = isForModel(understood) ? yield* byModel(deps, context, understood, calls, manner, signal) : undefined
  if (told && told.released > 0 && !isLeftUndone(understood)) return answered(told, understood.wish, calls, speaker)
  const apart = told && told.released > 0 ? '\n\n' : ''
  if (told?.proposal && isAsked(told.proposal, understood)) {
    const { propose, proposeCancel } = shopPhrasesIn(manner.language)
    const phrase = told.proposal.tool === 'create_order' ? propose : proposeCancel
    yield spoken(`${apart}${phrase(sentence(told.proposal.summary))}`)
    return { ...answered(told, understood.wish, calls, speaker), proposal: told.proposal, cards: [] }
  }
  return yield* byDialogue(deps, context, understood, calls, manner, { apart, told }, signal)
}

/** A wish below this likelihood, an article may rather ask back about. */
const PLAIN = 0.9

/** Whether the articles have an answer to what both may be asked; or can ask back, where the wish is no plain one. */
function isForArticles({ knowledge, threshold }: ShopDeps, meaning: Understanding, { wish }: Understood): boolean {
  const { kind } = planAnswer(meaning, knowledge.search, threshold, true)
  const isPlain = wish !== undefined && wish.name !== 'browse' && wish.certainty >= PLAIN
  return kind === 'answer' || (kind === 'clarify' && !isPlain)
}

/** Wishes that a model may be asked about; signing in and approving are nothing for one. */
const forModels: ReadonlySet<string> = new Set(['browse', 'product', 'compare', 'order', 'orders', 'status', 'cancel'])
/** Wishes for a change. A model that only speaks of it has not done what was asked. */
const changes: ReadonlySet<string> = new Set(['order', 'cancel'])

function isForModel({ event, wish, memory }: Understood): boolean {
  if (event !== undefined || !wish || !forModels.has(wish.name)) return false
  return memory.customer !== undefined || !needsCustomer.has(wish.name)
}

const isLeftUndone = ({ wish }: Understood) => wish !== undefined && changes.has(wish.name)

/** Whether a model proposed what the visitor asked for: other products than were named, or another number of them, they did not ask for. */
function isAsked({ tool, card }: Proposal, { wish }: Understood): boolean {
  if (!wish || tool !== (wish.name === 'order' ? 'create_order' : 'cancel_order')) return false
  if (wish.name === 'cancel') return wish.orders.length === 0 || wish.orders.includes(card.order_id ?? '')
  const named = [...wish.skus.map(({ meant, quantity }) => ({ skus: [meant], quantity })), ...wish.names]
  if (named.length === 0) return card.items.length === 1 && card.items[0]?.quantity === (wish.quantity ?? 1)
  const isNamed = ({ sku, quantity }: Proposal['card']['items'][number]) =>
    named.some((one) => one.skus.includes(sku) && one.quantity === quantity)
  return card.items.length === named.length && card.items.every(isNamed)
}

function byModel(deps: ShopDeps, context: Context, understood: Understood, calls: Calls, { language }: Manner, signal: AbortSignal) {
  const { dialogue, models, deskName } = deps
  const mayChange = isLeftUndone(understood)
  const agent = agentOf(deps, context, understood.wish)
  const tools = dialogue.tools().filter(({ sideEffect, name }) => (mayChange || !sideEffect) && mayUse(agent, name))
  const question = context.questions.map(({ content }) => content).join('\n')
  return withTools({ models, deskName, language, manner: agent?.instructions, tools, calls, passages: [], question }, context, signal)
}

/** Who speaks of a wish: the agent for products, or the one for orders. */
function agentOf({ agents }: ShopDeps, { history }: Context, wish: Wish | undefined): Agent | undefined {
  const subject = wish && (needsCustomer.has(wish.name) ? ['orders'] : ['products'])
  return agentFor(agents, subject ? [{ tags: subject }] : [], history.findLast(({ decision }) => decision?.agent)?.decision?.agent)
}

/** The customer's account is nothing that a model needs to know. */
const notForModels: ReadonlySet<string> = new Set(['get_customer'])

const mayUse = (agent: Agent | undefined, tool: string) =>
  !notForModels.has(tool) && (agent?.tools === undefined || agent.tools.includes(tool))

function answered(told: Told, wish: Wish | undefined, calls: Calls, agent: string | undefined): Conclusion {
  const by = { ...(told.by ? { assistant: told.by.assistant } : {}), ...(agent === undefined ? {} : { agent }) }
  const reasons = [
    ...(wish ? [`wanted of the shop: ${wish.name} (${wish.certainty.toFixed(2)})`] : []),
    ...(told.by?.reasons ?? []),
    ...told.notes,
  ]
  const record = told.usage ? { record: { usage: told.usage } } : {}
  return { ...decided('answer', reasons, by), cards: told.cards, toolCalls: calls.toolCalls, ...record }
}

async function* byDialogue(
  { dialogue }: ShopDeps,
  context: Context,
  understood: Understood,
  calls: Calls,
  { offer, language }: Manner,
  { apart, told }: { apart: string; told: Told | undefined },
  signal: AbortSignal,
): Answering {
  const { wish, event } = understood
  const { text, reason, failed, toolCalls, ...concluded } = await dialogue.answer(understood, context, language, calls, signal)
  yield spoken(apart + (failed ? `${text} ${offer.text}` : text))
  const read = wish ? [`wanted of the shop: ${wish.name} (${wish.certainty.toFixed(2)})`] : []
  const model = told?.by && told.by.assistant !== OFFLINE ? [`${told.by.assistant} said nothing of it that could be said`] : []
  const kind = event === 'greeting' ? 'smalltalk' : failed ? 'offer_person' : 'answer'
  const options = failed ? offer.options : (concluded.options ?? [])
  const reasons = [...read, reason, ...model, ...(told?.by?.reasons ?? []), ...(told?.notes ?? [])]
  return { ...concluded, ...decided(kind, reasons), options, toolCalls }
}

const OFFLINE = 'frontdesk/offline'

/** Where no article answers, a model may find something with tools that change nothing. Undefined when it does not. */
export async function* beyondArticles(
  deps: ShopDeps,
  context: Context,
  meaning: Understanding,
  { language }: Manner,
  signal: AbortSignal,
): AsyncGenerator<Piece, Conclusion | undefined> {
  const agent = agentOf(deps, context, undefined)
  const tools = deps.dialogue.tools().filter(({ sideEffect, name }) => !sideEffect && mayUse(agent, name))
  if (tools.length === 0) return undefined
  const { models, deskName } = deps
  const calls = deps.dialogue.callsFor(context, signal)
  const told = yield* withTools({ models, deskName, language, tools, calls, passages: [], question: meaning.text }, context, signal)
  if (told.released === 0) return undefined
  const { decision, ...rest } = answered(told, undefined, calls, agent?.name)
  return { ...rest, ...(decision ? { decision: { ...decision, reasons: ['no article answers it', ...decision.reasons] } } : {}) }
}

/** What an article says, and that more can be said to a customer who has signed in. */
async function* articleFirst(
  deps: ShopDeps,
  context: Context,
  meaning: Understanding,
  { wish }: Understood,
  { say, offer, language }: Manner,
  signal: AbortSignal,
): Answering {
  const conclusion = yield* fromArticles(deps, context, meaning, { say, offer }, signal)
  const reasons = [...(conclusion.decision?.reasons ?? []), `an article answers it, or the shop may: ${wish?.name}`]
  const decision = conclusion.decision && { ...conclusion.decision, reasons }
  const told = { ...conclusion, ...(decision ? { decision } : {}) }
  if (decision?.kind !== 'answer' || wish?.name === 'browse') return told
  yield spoken(`\n\n${shopPhrasesIn(language).signInToLook}`)
  return { ...told, cards: [{ kind: 'sign_in' }] }
}
