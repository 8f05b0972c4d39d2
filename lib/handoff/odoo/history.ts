import { type OdooMessage, readMessage } from './notifications.ts'
import type { Opened } from './opened.ts'
import { htmlIn, idIn, isObject, type Json, objectsIn, textIn, valuesOf } from './records.ts'
import type { Cookies, Rpc } from './rpc.ts'

/** What Odoo has kept of a conversation, for what its bus cannot tell any more. */

/** Messages that are read at once. */
const PAGE = 30

interface Line extends Pick<Opened, 'channel' | 'noteSubtype'> {
  cookies: Cookies
}

export interface Read {
  /** Operators' messages, oldest first. */
  messages: OdooMessage[]
  /** The visitor's own, by number and words. */
  own: Array<{ id: number; html: string }>
  /** The number of the last message that was read, of whomever. */
  last: number
  isWhole: boolean
}

/** Reads a page of what was said after a message. Remarks among colleagues are not in it. */
export async function readAfter(rpc: Rpc, release: number, line: Line, after: number): Promise<Read> {
  const range = { limit: PAGE, after }
  const params = release >= 19 ? { channel_id: line.channel, fetch_params: range } : { channel_id: line.channel, ...range }
  const answer = await rpc.call('/discuss/channel/messages', params, line.cookies)
  const listed: unknown[] = isObject(answer) && Array.isArray(answer.messages) ? answer.messages : []
  const stored = objectsIn(valuesOf(answer, (key) => key === 'mail.message').flat())
  const records = listed
    .map((one) => (isObject(one) ? one : stored.find((record) => idIn(record) === idIn(one))))
    .filter((record) => record !== undefined)
    .toSorted((a, b) => (idIn(a) ?? 0) - (idIn(b) ?? 0))
  return {
    messages: records.flatMap((record) => readMessage(withKind(record), answer, line) ?? []),
    own: records.filter(isVisitors).map((record) => ({ id: idIn(record) ?? 0, html: htmlIn(record.body) ?? '' })),
    last: Math.max(after, ...records.map((record) => idIn(record) ?? 0)),
    isWhole: records.length < PAGE,
  }
}

/** Whether the conversation is over: the visitor is alone in it, or Odoo says so. */
export async function isOver(rpc: Rpc, release: number, { channel, cookies }: Line): Promise<boolean> {
  const about =
    release >= 19
      ? await rpc.call('/mail/data', { fetch_params: [['discuss.channel', [channel]]] }, cookies)
      : await rpc.call('/discuss/channel/members', { channel_id: channel, known_member_ids: [] }, cookies)
  const counts = valuesOf(about, (key) => key === 'member_count' || key === 'memberCount')
  const ends = valuesOf(about, (key) => key === 'livechat_end_dt')
  return counts.some((count) => typeof count === 'number' && count <= 1) || ends.some((at) => textIn(at) !== undefined)
}

function isVisitors(record: Json): boolean {
  return isObject(record.author) ? record.author.type === 'guest' : Boolean(record.author_guest_id)
}

/** Notes are left out by Odoo here, and some releases do not say of what kind a message is. */
function withKind(record: Json): Json {
  return 'is_note' in record || 'subtype_id' in record ? record : { ...record, is_note: false }
}
