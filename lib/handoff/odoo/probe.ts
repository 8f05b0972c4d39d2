import { isSomebodyThere } from './opened.ts'
import { isObject } from './records.ts'
import { isFault, OdooFault, type Rpc } from './rpc.ts'

/** What is asked before a conversation: is that Odoo, which one, is there such a channel, is somebody online. */

/** The oldest release whose visitor routes we speak. */
const OLDEST = 17

/** The release, as 17, 18, 19. Throws an OdooFault for what is no Odoo, or one that is too old. */
export async function releaseOf(rpc: Rpc, signal?: AbortSignal): Promise<number> {
  const answer = await rpc.call('/web/webclient/version_info', {}, {}, signal)
  const info = isObject(answer) && Array.isArray(answer.server_version_info) ? answer.server_version_info : []
  // Odoo Online's releases between say "saas~18".
  const release = Number(/\d+/.exec(String(info[0] ?? ''))?.[0] ?? Number.NaN)
  if (!Number.isInteger(release)) throw new OdooFault('elsewhere', `${rpc.base.host} does not say which Odoo it is`)
  if (release < OLDEST) throw new OdooFault('refused', `Odoo ${release} is too old: it takes ${OLDEST} or newer`)
  return release
}

/** Whether there is a live chat channel of this number. */
export async function hasChannel(rpc: Rpc, channelId: number, signal?: AbortSignal): Promise<boolean> {
  return (await rpc.status(`/im_livechat/support/${channelId}`, signal)) === 200
}

/** Whether an operator of the channel is online. Creates nothing. */
export async function isAnybodyOnline(rpc: Rpc, channelId: number, signal?: AbortSignal): Promise<boolean> {
  try {
    const params = { channel_id: channelId, anonymous_name: 'Visitor', persisted: false }
    return isSomebodyThere(await rpc.call('/im_livechat/get_session', params, {}, signal))
  } catch (error) {
    // 19 says so of a channel that does not exist.
    if (isFault(error, 'absent')) return false
    throw error
  }
}

/** The address and the channel in what an owner pastes: the embed snippet that Odoo shows, or an address with the channel's number. */
export function readSnippet(pasted: string): { base: URL; channelId: number } | undefined {
  const [, host, channel] = /(https?:\/\/[^\s"'<>/]+)\/im_livechat\/(?:loader|support)\/(\d{1,9})/.exec(pasted) ?? []
  const base = host === undefined ? null : URL.parse(host)
  return base && channel !== undefined ? { base, channelId: Number(channel) } : undefined
}
