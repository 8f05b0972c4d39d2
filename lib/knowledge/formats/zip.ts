import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/**
 * Opens a ZIP archive and returns what reads one file of it, by its name, as text; undefined for a file that is not there.
 * A file that unpacks to more than `most` bytes is refused while it is unpacked, whatever the archive says of it.
 * Throws when the bytes are no archive or a broken one.
 */
export function openZip(bytes: Uint8Array, most: number): (name: string) => string | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, { method: number; packed: number; offset: number }>()
  const end = endOf(data)
  const count = data.readUInt16LE(end + 10)
  let at = data.readUInt32LE(end + 16)
  for (let number = 0; number < count; number++) {
    if (at + 46 > data.length || data.readUInt32LE(at) !== ENTRY) throw new Error('its archive is broken')
    const name = data.toString('utf8', at + 46, at + 46 + data.readUInt16LE(at + 28))
    if ((data.readUInt16LE(at + 8) & 1) === 1) throw new Error('it is encrypted')
    entries.set(name, { method: data.readUInt16LE(at + 10), packed: data.readUInt32LE(at + 20), offset: data.readUInt32LE(at + 42) })
    at += 46 + data.readUInt16LE(at + 28) + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }

  return (name) => {
    const entry = entries.get(name)
    if (!entry) return undefined
    const { method, packed, offset } = entry
    if (offset + 30 > data.length || data.readUInt32LE(offset) !== LOCAL) throw new Error('its archive is broken')
    const start = offset + 30 + data.readUInt16LE(offset + 26) + data.readUInt16LE(offset + 28)
    const content = data.subarray(start, start + packed)
    if (method === 0) return content.toString('utf8')
    if (method !== 8) throw new Error('its archive is packed in an unknown way')
    try {
      return inflateRawSync(content, { maxOutputLength: most }).toString('utf8')
    } catch (error) {
      const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      throw new Error(tooLarge ? 'it unpacks to more than a document can be' : 'its archive is broken')
    }
  }
}

/** Where the table of contents' end stands: at the end, but for a comment of up to 64 KB. */
function endOf(data: Buffer): number {
  for (let at = data.length - 22; at >= Math.max(0, data.length - 22 - 0xffff); at--) if (data.readUInt32LE(at) === END) return at
  throw new Error('it is no archive, or a broken one')
}
