import { randomUUID } from 'node:crypto'
import {
  type Channel,
  type Dialect,
  dialectOf,
  type Guest,
  isGuest,
  type Message,
  type Partner,
  presenceToken,
  type Release,
} from './dialect.ts'

/** The live chat of a stand-in for Odoo: who is there, what was said, and the bus that tells it. */

export interface Notification {
  id: number
  /** Whom it is for. */
  channel: string
  message: { type: string; payload: unknown }
}

export function createLiveChat(release: Release) {
  const dialect: Dialect = dialectOf(release)
  const operators: Partner[] = [
    { id: 7, name: 'Olivia Operator', username: 'Olivia' },
    { id: 8, name: 'Oscar Operator' },
  ]
  const online = new Set<number>()
  const guests = new Map<string, Guest>()
  const channels = new Map<number, Channel>()
  const bus: Notification[] = []
  const listeners = new Set<(notification: Notification) => void>()
  /** One counter for everything, so that no number fits two things by chance. */
  let count = 100

  function tell(channel: string, type: string, payload: unknown): void {
    const notification = { id: ++count, channel, message: { type, payload } }
    bus.push(notification)
    for (const listener of listeners) listener(notification)
  }

  const insert = (channel: Channel, payload: unknown) => tell(`discuss.channel_${channel.id}`, 'mail.record/insert', payload)

  function free(previous?: number): Partner | undefined {
    return operators.find(({ id }) => id === previous && online.has(id)) ?? operators.find(({ id }) => online.has(id))
  }

  function open(name: string, token: string | undefined, previous: number | undefined) {
    const operator = free(previous)
    if (!operator) return undefined
    const last = count
    const guest = guests.get(token ?? '') ?? newGuest()
    const members = new Map<number, Partner | Guest>([
      [++count, operator],
      [++count, guest],
    ])
    const title = release === 19 ? `Visitor ${operator.username ?? operator.name}` : `${name} ${operator.username ?? operator.name}`
    const channel: Channel = {
      id: ++count,
      uuid: randomUUID().slice(0, 10),
      name: title,
      guest,
      operator,
      members,
      messages: [],
      endedAt: false,
      rating: undefined,
    }
    channels.set(channel.id, channel)
    tell(`mail.guest_${guest.id}`, 'discuss.channel/joined', { channel_id: channel.id })
    return { channel, last }
  }

  function newGuest(): Guest {
    const id = ++count
    const guest = { id, token: `${id}|${randomUUID()}`, name: 'Visitor' }
    guests.set(guest.token, guest)
    return guest
  }

  function say(channel: Channel, author: Partner | Guest, html: string, kind: Message['kind'] = 'comment'): Message {
    const said = { id: ++count, author, html, kind }
    channel.messages.push(said)
    tell(`discuss.channel_${channel.id}`, 'discuss.channel/new_message', dialect.newMessage(channel, said))
    return said
  }

  function change(channel: Channel, id: number, html: string): void {
    const said = channel.messages.find((message) => message.id === id)
    if (!said) throw new Error('there is no such message')
    said.html = html
    insert(channel, dialect.changed(said))
  }

  function join(channel: Channel, who: Partner): void {
    const id = ++count
    channel.members.set(id, who)
    say(channel, channel.operator, `<div class="o_mail_notification">invited ${who.name} to the channel</div>`, 'notification')
    insert(channel, dialect.joined(channel, id, who))
  }

  function leave(channel: Channel, who: Partner | Guest): void {
    const [id] = [...channel.members].find(([, member]) => member.id === who.id && isGuest(member) === isGuest(who)) ?? []
    if (id === undefined) return
    const words = isGuest(who) ? 'Visitor left the conversation.' : '<div class="o_mail_notification">left the channel</div>'
    say(channel, who, words, 'notification')
    if (!isGuest(who)) {
      channel.members.delete(id)
      insert(channel, dialect.left(channel, id))
    }
    const hasOperator = [...channel.members.values()].some((member) => !isGuest(member))
    if (hasOperator && !isGuest(who)) return
    channel.endedAt = new Date().toISOString().slice(0, 19).replace('T', ' ')
    const ended = dialect.ended(channel)
    if (ended) insert(channel, ended)
  }

  function type(channel: Channel, who: Partner, isTyping: boolean): void {
    const [id = 0] = [...channel.members].find(([, member]) => member === who) ?? []
    const { type: kind, payload } = dialect.typing(who, id, isTyping)
    tell(`discuss.channel_${channel.id}`, kind, payload)
  }

  /** An operator comes, or goes: whoever asked for their presence hears it. */
  function present(who: Partner, isOnline: boolean): void {
    if (isOnline) online.add(who.id)
    else online.delete(who.id)
    const status = isOnline ? 'online' : 'offline'
    const name = `odoo-presence-res.partner_${who.id}${release === 19 ? `-${presenceToken(who)}` : ''}`
    tell(name, 'bus.bus/im_status_updated', { presence_status: status, im_status: status, guest_id: false, partner_id: who.id })
  }

  /** The channels that a subscription comes to when it is made: of several visitors only the last one counts, and none says so. */
  function subscribed(asked: string[]): string[] {
    const token = asked.findLast((name) => name.startsWith('mail.guest_'))?.slice('mail.guest_'.length) ?? ''
    const guest = guests.get(token)
    const own = guest ? [...channels.values()].filter((channel) => channel.guest === guest).map(({ id }) => `discuss.channel_${id}`) : []
    return [...(guest ? [`mail.guest_${guest.id}`] : []), ...own, ...asked.filter((name) => name.startsWith('odoo-presence-'))]
  }

  /** What the bus has for these channels after a place; a place beyond its end counts as none. */
  function since(names: string[], last: number): Notification[] {
    const from = last > (bus.at(-1)?.id ?? 0) ? 0 : last
    return bus.filter(({ id, channel }) => id > from && names.includes(channel))
  }

  function forget(): void {
    bus.length = 0
  }

  return {
    release,
    dialect,
    operators,
    guests,
    channels,
    listeners,
    free,
    open,
    say,
    change,
    join,
    leave,
    type,
    present,
    subscribed,
    since,
    forget,
  }
}
