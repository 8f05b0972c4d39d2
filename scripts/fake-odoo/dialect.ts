/**
 * How each release of Odoo writes down the same things, as far as a live chat needs them. From the answers of real servers in
 * lib/handoff/odoo/captures.
 */

export type Release = 17 | 18 | 19

export interface Partner {
  id: number
  name: string
  /** What visitors read. */
  username?: string
}

export interface Guest {
  id: number
  token: string
  name: string
}

export interface Message {
  id: number
  /** A partner, or the guest. */
  author: Partner | Guest
  html: string
  kind: 'comment' | 'note' | 'notification'
}

export interface Channel {
  id: number
  uuid: string
  name: string
  guest: Guest
  operator: Partner
  /** Memberships, by id. The visitor's is one of them until they leave. */
  members: Map<number, Partner | Guest>
  messages: Message[]
  endedAt: string | false
  rating: { rate: number; reason: string } | undefined
}

export type Record_ = Record<string, unknown>

export const isGuest = (person: Partner | Guest): person is Guest => 'token' in person
const now = () => new Date().toISOString().slice(0, 19).replace('T', ' ')

export type Dialect = ReturnType<typeof dialectOf>

export function dialectOf(release: Release) {
  const persona = (person: Partner | Guest) => ({ id: person.id, type: isGuest(person) ? 'guest' : 'partner' })
  const partner = ({ id, name, username }: Partner) => {
    if (username !== undefined) return { id, user_livechat_username: username }
    return { id, name, ...(release === 17 ? {} : { user_livechat_username: false }) }
  }
  const person = (who: Partner | Guest) => (isGuest(who) ? { id: who.id, name: who.name } : partner(who))
  const html = (text: string) => (release === 19 ? ['markup', text] : text)

  function member(channel: Channel, id: number, who: Partner | Guest): Record_ {
    const thread = { id: channel.id, model: 'discuss.channel' }
    if (release === 17) return { id, thread, persona: { ...person(who), ...persona(who) }, create_date: now() }
    if (release === 18) return { id, thread, persona: persona(who), create_date: now(), is_bot: false }
    const kind = isGuest(who)
      ? { livechat_member_type: 'visitor', guest_id: who.id }
      : { livechat_member_type: 'agent', partner_id: who.id }
    return { id, channel_id: thread, create_date: now(), ...kind }
  }

  function members(channel: Channel): Record_[] {
    return [...channel.members].map(([id, who]) => member(channel, id, who))
  }

  /** The records that come along so that names are known. */
  function people(all: Array<Partner | Guest>): Record_ {
    const guests = all.filter(isGuest).map(person)
    const partners = all.filter((one): one is Partner => !isGuest(one)).map(partner)
    return { ...(guests.length > 0 ? { 'mail.guest': guests } : {}), ...(partners.length > 0 ? { 'res.partner': partners } : {}) }
  }

  /** The answer to `get_session`; `last` is the place in the bus before it. */
  function session(channel: Channel, last: number): Record_ {
    const { id, uuid, name, guest, operator } = channel
    const all = [...channel.members.values()]
    if (release === 17) {
      const about = {
        id,
        uuid,
        name,
        channel_type: 'livechat',
        memberCount: channel.members.size,
        operator_pid: [operator.id, operator.username ?? operator.name],
      }
      return { ...about, guest_token: guest.token, message_unread_counter_bus_id: last, channelMembers: [['ADD', members(channel)]] }
    }
    if (release === 18) {
      const about = {
        id,
        uuid,
        name,
        channel_type: 'livechat',
        memberCount: channel.members.size,
        operator: persona(operator),
        state: 'open',
        message_needaction_counter_bus_id: last,
      }
      const store = { guest_token: guest.token, mt_comment_id: 1, self: persona(guest) }
      return { Store: store, 'discuss.channel': [about], 'discuss.channel.member': members(channel), ...people(all) }
    }
    const about = {
      id,
      uuid,
      name,
      channel_type: 'livechat',
      livechat_end_dt: false,
      livechat_operator_id: operator.id,
      member_count: channel.members.size,
      message_needaction_counter_bus_id: last,
    }
    const status = [{ ...partner(operator), im_status: 'online', im_status_access_token: presenceToken(operator) }]
    const store = { guest_token: guest.token, mt_comment: 1, mt_note: 2, self_guest: guest.id }
    return {
      channel_id: id,
      store_data: {
        Store: store,
        'discuss.channel': [about],
        'discuss.channel.member': members(channel),
        ...people(all),
        'res.partner': status,
      },
    }
  }

  /** The answer where somebody is online and nothing was to be opened. */
  function available(operator: Partner): Record_ {
    if (release === 17) return { name: `Visitor ${operator.username}`, operator_pid: [operator.id, operator.username], state: 'open' }
    const about = {
      id: -1,
      channel_type: 'livechat',
      ...(release === 18 ? { operator: persona(operator) } : { livechat_operator_id: operator.id }),
    }
    const store = { 'discuss.channel': [about], 'res.partner': [partner(operator)] }
    return release === 18 ? store : { store_data: store }
  }

  function message({ id, author, html: text, kind }: Message): Record_ {
    const common = {
      id,
      body: html(text),
      message_type: kind === 'notification' ? 'notification' : 'comment',
      date: now(),
      attachment_ids: [],
    }
    if (release === 19) {
      const by = isGuest(author) ? { author_guest_id: author.id, author_id: false } : { author_guest_id: false, author_id: author.id }
      return { ...common, ...by, subtype_id: kind === 'note' ? 2 : 1 }
    }
    const by = release === 18 ? persona(author) : { ...person(author), ...persona(author) }
    return { ...common, author: by, is_note: kind === 'note', ...(release === 17 ? { subtype_id: [kind === 'note' ? 2 : 1, 'x'] } : {}) }
  }

  function newMessage(channel: Channel, said: Message): Record_ {
    if (release === 17) return { id: channel.id, message: message(said) }
    return { id: channel.id, data: { 'mail.message': [message(said)], ...people([said.author]) } }
  }

  /** What the author of a message is answered. */
  function posted(said: Message): Record_ {
    if (release === 17) return message(said)
    const store = { 'mail.message': [message(said)], ...people([said.author]) }
    return release === 18 ? store : { message_id: said.id, store_data: store }
  }

  /** A page of the history, newest first. */
  function history(messages: Message[]): Record_ {
    const newest = messages.toSorted((a, b) => b.id - a.id)
    if (release === 17) return { messages: newest.map(message) }
    const authors = [...new Set(newest.map(({ author }) => author))]
    return { messages: newest.map(({ id }) => id), data: { 'mail.message': newest.map(message), ...people(authors) } }
  }

  function changed({ id, html: text }: Message): Record_ {
    const mark = '<span class="o-mail-Message-edited"></span>'
    if (release === 17) return { Message: { id, body: text } }
    return { 'mail.message': [{ id, body: html(`${text}${mark}`) }] }
  }

  function joined(channel: Channel, id: number, who: Partner): Record_ {
    if (release === 17)
      return { Thread: { id: channel.id, memberCount: channel.members.size, channelMembers: [['ADD', [member(channel, id, who)]]] } }
    return { 'discuss.channel': [counted(channel)], 'discuss.channel.member': [member(channel, id, who)], ...people([who]) }
  }

  function left(channel: Channel, id: number): Record_ {
    if (release === 17) return { Thread: { id: channel.id, memberCount: channel.members.size, channelMembers: [['DELETE', { id }]] } }
    const gone = release === 18 ? { channelMembers: [['DELETE', [id]]] } : { channel_member_ids: [['DELETE', [id]]] }
    return { 'discuss.channel': [{ ...counted(channel), ...gone }] }
  }

  const counted = ({ id, members: all }: Channel) => (release === 18 ? { id, memberCount: all.size } : { id, member_count: all.size })

  /** Only 19 says that a conversation has ended. */
  function ended({ id, endedAt }: Channel): Record_ | undefined {
    return release === 19 ? { 'discuss.channel': [{ id, livechat_end_dt: endedAt }] } : undefined
  }

  /** A notification's type and what it says. */
  function typing(who: Partner, memberId: number, isTyping: boolean): { type: string; payload: Record_ } {
    if (release === 17) return { type: 'discuss.channel.member/typing_status', payload: { id: memberId, isTyping, persona: persona(who) } }
    const by = release === 18 ? { persona: persona(who) } : { partner_id: who.id }
    return { type: 'mail.record/insert', payload: { 'discuss.channel.member': [{ id: memberId, isTyping, ...by }] } }
  }

  function membership(channel: Channel): Record_ {
    if (release === 17) return { channelMembers: [['ADD', members(channel)]], memberCount: channel.members.size }
    return { 'discuss.channel': [counted(channel)], 'discuss.channel.member': members(channel), ...people([...channel.members.values()]) }
  }

  return { session, available, newMessage, posted, history, changed, joined, left, ended, typing, membership }
}

/** Opens an operator's presence in 19. */
export function presenceToken({ id }: Partner): string {
  return `presence-of-${id}`
}
