import { type Answering, type Asked, decided, type Offer, spoken } from './conclusions.ts'
import type { Dialogue, DialogueContext, Understood } from './dialogue/dialogue.ts'
import { shopPhrasesIn } from './dialogue/phrases/phrases.ts'
import { type ArticleDeps, fromArticles } from './from-articles.ts'
import type { Phrases } from './phrases.ts'
import { planAnswer } from './plan.ts'
import type { Understanding } from './understand.ts'

export interface ShopDeps extends ArticleDeps {
  dialogue: Dialogue
}

interface Manner {
  say: Phrases
  offer: Offer
  language: string
}

/** Answers what is wanted of the shop; where an article says as much as can be said yet, from that. */
export async function* fromShop(
  deps: ShopDeps,
  context: Asked & DialogueContext,
  meaning: Understanding,
  understood: Understood,
  { say, offer, language }: Manner,
  signal: AbortSignal,
): Answering {
  const { wish, isContested } = understood
  if (isContested && planAnswer(meaning, deps.knowledge, deps.threshold, true).kind !== 'unknown') {
    return yield* articleFirst(deps, context, meaning, understood, { say, offer, language }, signal)
  }
  const { text, reason, failed, toolCalls, ...concluded } = await deps.dialogue.answer(understood, context, language, signal)
  yield spoken(failed ? `${text} ${offer.text}` : text)
  const read = wish && `wanted of the shop: ${wish.name} (${wish.certainty.toFixed(2)})`
  const kind = understood.event === 'greeting' ? 'smalltalk' : failed ? 'offer_person' : 'answer'
  const options = failed ? offer.options : concluded.options
  return {
    ...concluded,
    ...decided(kind, [...(read ? [read] : []), reason]),
    ...(options?.length ? { options } : { options: [] }),
    toolCalls,
  }
}

/** What an article says, and that more can be said to a customer who has signed in. */
async function* articleFirst(
  deps: ShopDeps,
  context: Asked & DialogueContext,
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
