import type { Attachment } from '#lib/protocol/events.ts'

/**
 * What a file is by its first bytes, of the kinds that are taken: pictures that browsers show, and PDF. Undefined for everything
 * else; names and declared types are not asked. The signatures are those of https://mimesniff.spec.whatwg.org.
 */
export function mediaTypeOf(bytes: Uint8Array): Attachment['media_type'] | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(head)) return 'image/webp'
  if (head.startsWith('%PDF-')) return 'application/pdf'
  return undefined
}
