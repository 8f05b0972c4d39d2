import { membersIn, peopleIn } from './opened.ts'
import { htmlIn, idIn, isObject, type Json, objectsIn, textIn, valuesOf } from './records.ts'

/** What Odoo's bus tells of one conversation, the same for every release. */
export type OdooEvent =
  | { kind: 'message'; message: OdooMessage }
  /** `html` is undefined when it was deleted. */
  | { kind: 'changed'; id: number; html: string | undefined }
  | { kind: 'typing'; partner: number; isTyping: boolean }
  | { kind: 'joined'; member: number; partner: number }
  | { kind: 'left'; member: number }
  /** How many take part, the visitor included. */
  | { kind: 'count'; members: number }
  | { kind: 'named'; partner: number; name: string }
  | { kind: 'presence'; partner: number; status: string }
  | { kind: 'ended' }

export interface OdooMessage {
  id: number
  /** The operator's partner id. */
  partner: number
  html: string
  files: OdooFile[]
}

export interface OdooFile {
  id: number
  name: string
  mediaType: string | undefined
  /** Opens it (19). */
  token: string | undefined
}

export interface Watched {
  channel: number
  noteSubtype: number | undefined
}

/**
 * Reads one notification. The visitor's own messages, remarks among colleagues, lines of the system and what belongs to other
 * conversations tell nothing. A note does reach the visitor's bus, so that it is dropped here is what keeps it private.
 */
export function readNotification(notification: unknown, watched: Watched): OdooEvent[] {
  if (!isObject(notification) || !isObject(notification.message)) return []
  const { type, payload } = notification.message
  if (!isObject(payload)) return []
  const named = Object.entries(peopleIn(payload).names).map(([id, name]): OdooEvent => ({ kind: 'named', partner: Number(id), name }))
  switch (type) {
    case 'discuss.channel/new_message':
      return [...named, ...newMessage(payload, watched)]
    case 'mail.record/insert':
      return [...named, ...inserted(payload, watched)]
    case 'discuss.channel.member/typing_status':
      return typingIn(payload)
    case 'bus.bus/im_status_updated':
      return presenceIn(payload)
    default:
      return []
  }
}

function newMessage(payload: Json, watched: Watched): OdooEvent[] {
  if (idIn(payload.id) !== watched.channel) return []
  const records = isObject(payload.data) ? objectsIn(payload.data['mail.message']) : objectsIn(payload.message)
  return records.flatMap((record) => {
    const message = readMessage(record, payload, watched)
    return message ? [{ kind: 'message' as const, message }] : []
  })
}

/** An operator's message for the visitor; undefined for any other. `around` holds the records that came with it. */
export function readMessage(record: Json, around: unknown, { noteSubtype }: Pick<Watched, 'noteSubtype'>): OdooMessage | undefined {
  const id = idIn(record)
  const partner = authorOf(record)
  const html = htmlIn(record.body)
  if (id === undefined || partner === undefined || html === undefined) return undefined
  if (record.message_type === 'notification' || isNote(record, noteSubtype)) return undefined
  const files = filesOf(record, around)
  return isDeleted(html) && files.length === 0 ? undefined : { id, partner, html, files }
}

function authorOf(record: Json): number | undefined {
  if (isObject(record.author)) return record.author.type === 'partner' ? idIn(record.author) : undefined
  return record.author_guest_id ? undefined : idIn(record.author_id)
}

/** Whether only colleagues may read it. Where that is not said, the kind of the message tells; an unknown kind is not shown. */
function isNote({ is_note, subtype_id }: Json, noteSubtype: number | undefined): boolean {
  if (typeof is_note === 'boolean') return is_note
  const subtype = idIn(subtype_id)
  return subtype === undefined || subtype === (noteSubtype ?? 2)
}

function filesOf(record: Json, around: unknown): OdooFile[] {
  const known = objectsIn(valuesOf(around, (key) => key === 'ir.attachment').flat())
  const named = [record.attachment_ids, record.attachments].flatMap((list) => (Array.isArray(list) ? list : []))
  return named.flatMap((one) => {
    const id = idIn(one)
    const about = (isObject(one) && textIn(one.name) ? one : known.find((file) => idIn(file) === id)) ?? {}
    if (id === undefined) return []
    const token = textIn(about.raw_access_token) ?? textIn(about.access_token) ?? textIn(about.accessToken)
    return [{ id, name: textIn(about.name) ?? textIn(about.filename) ?? `file ${id}`, mediaType: textIn(about.mimetype), token }]
  })
}

function inserted(payload: Json, { channel }: Watched): OdooEvent[] {
  return [
    ...objectsIn([payload['mail.message'], payload.Message].flat()).flatMap(changed),
    ...objectsIn(payload['discuss.channel.member']).flatMap(typingIn),
    ...joined(payload, channel),
    ...objectsIn([payload['discuss.channel'], payload.Thread].flat()).flatMap((record) =>
      idIn(record) === channel ? ofChannel(record) : [],
    ),
  ]
}

/** Only what has a body was changed in what it says. */
function changed(record: Json): OdooEvent[] {
  const id = idIn(record)
  const html = htmlIn(record.body)
  if (id === undefined || html === undefined || record.message_type === 'notification') return []
  return [{ kind: 'changed', id, html: isDeleted(html) ? undefined : html }]
}

/** A deleted message keeps its row and loses its words; the mark of an edit may be all that is left. */
function isDeleted(html: string): boolean {
  return html.replaceAll(/<[^>]*>/g, '').trim() === '' && !/<(?:img|video|audio)\b/i.test(html)
}

function typingIn(record: Json): OdooEvent[] {
  const partner = isObject(record.persona)
    ? record.persona.type === 'partner'
      ? idIn(record.persona)
      : undefined
    : idIn(record.partner_id)
  return typeof record.isTyping === 'boolean' && partner !== undefined ? [{ kind: 'typing', partner, isTyping: record.isTyping }] : []
}

/** New members; a record that only says that somebody types, or has read, is none. */
function joined(payload: Json, channel: number): OdooEvent[] {
  const isNew = (record: Json) => !('isTyping' in record) && ('create_date' in record || 'livechat_member_type' in record)
  const inChannel = (record: Json) =>
    idIn(record.thread) === channel || idIn(record.channel_id) === channel || !('thread' in record || 'channel_id' in record)
  const records = objectsIn(payload['discuss.channel.member']).filter((record) => isNew(record) && inChannel(record))
  const threads = objectsIn(payload.Thread).filter((record) => idIn(record) === channel)
  const members = membersIn({ 'discuss.channel.member': records, threads })
  return Object.entries(members).map(([member, partner]) => ({ kind: 'joined', member: Number(member), partner }))
}

function ofChannel(record: Json): OdooEvent[] {
  const gone = [record.channel_member_ids, record.channelMembers].flatMap(deleted)
  const count = [record.member_count, record.memberCount].find((value) => typeof value === 'number')
  return [
    ...gone.map((member): OdooEvent => ({ kind: 'left', member })),
    ...(count === undefined ? [] : [{ kind: 'count' as const, members: count }]),
    ...(textIn(record.livechat_end_dt) ? [{ kind: 'ended' as const }] : []),
  ]
}

/** The ids of `[["DELETE", [11]], …]`, or `[["DELETE", {id: 10}]]`. */
function deleted(commands: unknown): number[] {
  if (!Array.isArray(commands)) return []
  return commands.flatMap((command) => {
    if (!Array.isArray(command) || command[0] !== 'DELETE') return []
    return (Array.isArray(command[1]) ? command[1] : [command[1]]).flatMap((one) => idIn(one) ?? [])
  })
}

function presenceIn({ partner_id, presence_status, im_status }: Json): OdooEvent[] {
  const partner = idIn(partner_id)
  const status = textIn(presence_status) ?? textIn(im_status)
  return partner !== undefined && status !== undefined ? [{ kind: 'presence', partner, status }] : []
}
