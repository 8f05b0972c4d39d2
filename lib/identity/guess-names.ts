import { createHmac } from 'node:crypto'

/** Under which names guesses are counted. */

/**
 * An account's name, the same for everything that a careless shop might take for its address: other letters, other forms of a
 * character, spaces, what stands behind a `+`, dots at the end. It is a keyed hash, so that the store holds no addresses of strangers.
 */
export function accountName(secret: string, email: string): string {
  const plain = email
    .normalize('NFKC')
    .replaceAll(/[\p{C}\p{Z}\s]/gu, '')
    .toLowerCase()
    .normalize('NFKC')
  const at = plain.lastIndexOf('@')
  const [local, domain] = at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)]
  const account = `${local.replace(/\+.*$/, '').replace(/\.+$/, '')}@${domain.replace(/\.+$/, '')}`
  return createHmac('sha256', secret).update(`account\n${account}`).digest('base64url')
}

/** The addresses that one person may have at will: a /24 of IPv4, a /56 of IPv6. */
export function placeName(ip: string): string {
  if (!ip.includes(':')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  const [head = '', tail = ''] = ip.split('%', 1)[0]?.split('::') ?? []
  const [before, after] = [head, tail].map((part) => part.split(':').filter(Boolean))
  const zeros = Array(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill('0')
  const groups = ip.includes('::') ? [...(before ?? []), ...zeros, ...(after ?? [])] : (before ?? [])
  const first = groups.slice(0, 4).map((group) => Number.parseInt(group, 16) || 0)
  return `${[...first.slice(0, 3), (first[3] ?? 0) & 0xff00].map((group) => group.toString(16)).join(':')}::/56`
}
