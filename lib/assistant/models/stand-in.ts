import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Piece } from '#lib/session/ports.ts'
import type { Phrases } from '../phrases.ts'
import type { Spoken } from './chain.ts'

/** Says, the first time in a session, that the offline assistant answers in the place of the models. */
export function* standInNotice({ isStandIn }: Spoken, history: StoredMessage[], say: Phrases): Generator<Piece> {
  const isSaid = history.some(({ role, content }) => role === 'assistant' && content.includes(say.standIn))
  if (isStandIn && !isSaid) yield { text: `\n\n${say.standIn}`, citations: [] }
}
