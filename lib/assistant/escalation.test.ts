import { expect, test } from 'vitest'
import type { Decision, StoredMessage } from '#lib/protocol/events.ts'
import { hasFailedEnough } from './escalation.ts'

const said = (kind?: Decision['kind'], more: Partial<StoredMessage> = {}) =>
  ({ role: kind ? 'assistant' : 'visitor', ...(kind && { decision: { kind, reasons: [] } }), ...more }) as StoredMessage
const cited = { citations: [{}] } as unknown as Partial<StoredMessage>

test.each<[boolean, string, StoredMessage[]]>([
  [false, 'nothing', []],
  [false, 'one answer that found nothing', [said(), said('offer_person'), said()]],
  [true, 'two that found nothing', [said(), said('offer_person'), said(), said('offer_person'), said()]],
  [true, 'one that asked back and one that found nothing', [said('clarify'), said('offer_person')]],
  [true, 'two with thanks between them', [said('offer_person'), said('smalltalk'), said('offer_person'), said('smalltalk')]],
  [false, 'one that helped between two that did not', [said('offer_person'), said('answer'), said('offer_person')]],
  [false, 'one that helped in part', [said('offer_person'), said('offer_person', cited)]],
  [false, 'a person who was asked for', [said('offer_person'), said('offer_person'), said('hand_over'), said('offer_person')]],
  [false, 'a person who has spoken since', [said('offer_person'), said('offer_person'), said(undefined, { role: 'operator' })]],
])('it is %s that enough was tried after %s', (enough, _, history) => {
  expect(hasFailedEnough(history)).toBe(enough)
})
