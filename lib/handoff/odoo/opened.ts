import { idIn, isObject, type Json, objectsIn, textIn, valuesOf } from './records.ts'

/** What `get_session` answers, in every release's shape. */
export interface Opened {
  /** The conversation, `discuss.channel` in Odoo. */
  channel: number
  /** How 17 names it when it is left or rated. */
  uuid: string | undefined
  /** Proves the visitor: `<id>|<uuid>`. */
  guestToken: string
  /** The bus position before this conversation: who follows from here misses nothing. */
  last: number
  /** The operator's partner id. */
  operator: number | undefined
  /** Names of partners, by their id. */
  names: Record<number, string>
  /** Which partner each member of the conversation is. */
  members: Record<number, number>
  /** Opens the operator's presence (19). */
  presenceToken: string | undefined
  /** The kind of message that only colleagues may read, as 19 numbers it. */
  noteSubtype: number | undefined
}

/** Reads it; undefined where nobody is online. Throws for an answer that is none of Odoo's. */
export function readOpened(result: unknown): Opened | undefined {
  if (result === false || result === null) return undefined
  if (!isObject(result)) throw new Error('get_session answered something else')
  const [channelRecord] = objectsIn(valuesOf(result, (key) => key === 'discuss.channel' || key === 'Thread').flat())
  const channel = idIn(result.channel_id) ?? idIn(channelRecord) ?? idIn(result)
  const guestToken = valuesOf(result, (key) => key === 'guest_token').find(isToken)
  // An answer without a token is the one to the question whether anybody is there.
  if (channel === undefined || guestToken === undefined) throw new Error('get_session answered without a conversation')
  const about = channelRecord ?? result
  const operator = idIn(about.livechat_operator_id) ?? idIn(about.operator) ?? idIn(about.operator_pid)
  const people = peopleIn(result)
  return {
    channel,
    uuid: textIn(about.uuid),
    guestToken,
    last: Math.max(0, ...valuesOf(result, (key) => key.endsWith('_bus_id')).filter((value) => typeof value === 'number')),
    operator,
    names: people.names,
    members: membersIn(result),
    presenceToken: operator === undefined ? undefined : people.tokens[operator],
    noteSubtype: valuesOf(result, (key) => key === 'mt_note').find((value) => typeof value === 'number'),
  }
}

/** Whether an answer to `persisted: false` says that somebody is online. */
export function isSomebodyThere(result: unknown): boolean {
  return isObject(result)
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^\d+\|[\w-]{8,}$/.test(value)
}

/** What partners are called wherever they stand: the name they chose for chats first. */
export function peopleIn(value: unknown): { names: Record<number, string>; tokens: Record<number, string> } {
  const names: Record<number, string> = {}
  const tokens: Record<number, string> = {}
  const records = [
    ...objectsIn(valuesOf(value, (key) => key === 'res.partner').flat()),
    ...objectsIn(valuesOf(value, (key) => key === 'persona' || key === 'author')).filter(({ type }) => type === 'partner'),
  ]
  for (const record of records) {
    const id = idIn(record)
    const name = textIn(record.user_livechat_username) ?? textIn(record.name)
    const token = textIn(record.im_status_access_token)
    if (id !== undefined && name !== undefined) names[id] = name
    if (id !== undefined && token !== undefined) tokens[id] = token
  }
  return { names, tokens }
}

/** Which partner a member record stands for; visitors are none. */
function partnerOf(member: Json): number | undefined {
  if (isObject(member.persona)) return member.persona.type === 'partner' ? idIn(member.persona) : undefined
  return idIn(member.partner_id)
}

/** Members that are partners, by the id of the membership. */
export function membersIn(value: unknown): Record<number, number> {
  const records = [
    ...objectsIn(valuesOf(value, (key) => key === 'discuss.channel.member').flat()),
    ...valuesOf(value, (key) => key === 'channelMembers').flatMap(added),
  ]
  const found: Record<number, number> = {}
  for (const record of records) {
    const [member, partner] = [idIn(record), partnerOf(record)]
    if (member !== undefined && partner !== undefined) found[member] = partner
  }
  return found
}

/** The records of `[["ADD", […]], …]`. */
function added(commands: unknown): Json[] {
  if (!Array.isArray(commands)) return []
  return commands.flatMap((command) => (Array.isArray(command) && command[0] === 'ADD' ? objectsIn(command[1]) : []))
}
