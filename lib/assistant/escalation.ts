import type { StoredMessage } from '#lib/protocol/events.ts'

/** Answers in a row that did not help, after which the next one that would not is a person's. */
const PATIENCE = 2

/**
 * Whether enough was tried: the last answers all found nothing, or asked back, and this one would again. What is said
 * between them (thanks, a command) does not count; an answer does, and a person who was asked for already ends it.
 */
export function hasFailedEnough(history: StoredMessage[]): boolean {
  let failures = 0
  for (const { role, decision, citations } of history.toReversed()) {
    if (role === 'operator') return false
    if (role !== 'assistant' || decision === undefined || decision.kind === 'smalltalk') continue
    const helped = decision.kind === 'answer' || decision.kind === 'hand_over' || (citations?.length ?? 0) > 0
    if (helped) return false
    failures += 1
    if (failures >= PATIENCE) return true
  }
  return false
}
