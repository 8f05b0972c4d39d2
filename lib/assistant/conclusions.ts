import type { Decision, StoredMessage } from '#lib/protocol/events.ts'
import type { Conclusion, Piece, TurnContext } from '#lib/session/ports.ts'
import type { Phrases } from './phrases.ts'

/** How an answer can end that is not an article's, in the assistant's own words. */

/** What the assistant needs to know of a turn. */
export type Asked = Pick<TurnContext, 'questions' | 'history' | 'degraded'> &
  Partial<Pick<TurnContext, 'readFile'>> & {
    session?: Partial<Pick<TurnContext['session'], 'context' | 'name' | 'key' | 'customer' | 'approvals'>>
    turn?: Pick<TurnContext['turn'], 'id'>
  }
export type Answering = AsyncGenerator<Piece, Conclusion>

/** The offer of a person, and what can be replied to it. */
export interface Offer {
  text: string
  options: string[]
  /** A person was asked already. */
  isAsked: boolean
}

/** Offers a person, or says that one was asked already: nobody is to be offered twice what they took. */
export function offerOf(history: StoredMessage[], say: Phrases): Offer {
  const isAsked = history.some(({ decision }) => decision?.kind === 'hand_over')
  return isAsked ? { text: say.personAsked, options: [], isAsked } : { text: say.offer, options: [say.yesToPerson], isAsked }
}

export async function* unknown(said: string, offer: Offer, confidence: number | undefined, reasons: string[]): Answering {
  yield spoken(`${said} ${offer.text}`)
  return {
    ...decided('offer_person', reasons),
    ...(confidence === undefined ? {} : { confidence }),
    ...(offer.options.length > 0 ? { options: offer.options } : {}),
  }
}

/** Asks a person, after `said`. Where one was asked already, says so. */
export async function* handOver(say: Phrases, offer: Offer, reason: string, said = ''): Answering {
  const before = said === '' ? '' : `${said} `
  yield spoken(`${before}${offer.isAsked ? say.personAsked : say.person}`)
  return offer.isAsked
    ? decided('smalltalk', [reason, 'a person was asked already'])
    : { ...decided('hand_over', [reason]), handoff: reason }
}

export async function* smalltalk(text: string, reason: string, options: string[] = []): Answering {
  yield spoken(text)
  return { ...decided('smalltalk', [reason]), ...(options.length > 0 ? { options } : {}) }
}

export function spoken(text: string): Piece {
  return { text, citations: [] }
}

/** A decision; of an answer also who gave it: provider and model, and the agent. */
export function decided(kind: Decision['kind'], reasons: string[], by: Pick<Decision, 'assistant' | 'agent'> = {}): { decision: Decision } {
  return { decision: { kind, reasons, ...by } }
}
