import { hear } from '#lib/protocol/credentials.ts'
import { DeskError } from '#lib/protocol/errors.ts'
import type { Attachment } from '#lib/protocol/events.ts'
import { mediaTypeOf } from './media-type.ts'
import type { Actor, Allow, Blobs, Ids, SessionRef, SessionStore } from './ports.ts'

/** The files of a session: sent first, then named by a message. */

/** Bytes of one file, and of all files of a session; and how many there may be. */
export const MAX_FILE = 10 * 1024 * 1024
const MAX_ALL = 50 * 1024 * 1024
const MAX_COUNT = 50
/** Characters of a name. */
const NAME = 120

interface FilesDeps {
  store: SessionStore
  blobs: Blobs
  allow: Allow
  ids: Pick<Ids, 'file'>
  /** Bytes that the files of all sessions may take; 0: none are taken. */
  limit: number
}

export type SessionFiles = ReturnType<typeof createFiles>

export function createFiles({ store, blobs, allow, ids, limit }: FilesDeps) {
  /**
   * Keeps a file; resolves when it is on the disk. Throws `invalid` for a kind that is not taken, `too_large` for one that is,
   * or when the session has too many.
   */
  async function addFile(actor: Actor, ref: SessionRef, file: { name: string; bytes: Uint8Array }): Promise<Attachment> {
    await allow(actor, ref)
    const { bytes } = file
    if (bytes.byteLength === 0) throw new DeskError('invalid', 'The file is empty.')
    if (bytes.byteLength > MAX_FILE) throw new DeskError('too_large', `A file has at most ${MAX_FILE} bytes.`)
    const media_type = mediaTypeOf(bytes)
    if (!media_type) throw new DeskError('invalid', 'Only pictures (PNG, JPEG, GIF, WebP) and PDF files are taken.')
    const attachment: Attachment = { file_id: ids.file(), name: nameOf(file.name, media_type), media_type, size: bytes.byteLength }
    if ((await store.filesSize()) + attachment.size > limit) throw new DeskError('unavailable', 'This desk takes no more files.')
    refuseTooMany(await store.files(ref), attachment)
    // The bytes first: a row without them would be a file that cannot be opened.
    await blobs.write(ref.key, attachment.file_id, bytes)
    try {
      await store.transact(ref, { make: true }, async (tx) => {
        refuseTooMany(await tx.files(), attachment)
        await tx.addFile(attachment)
      })
    } catch (error) {
      await blobs.remove(ref.key, attachment.file_id)
      throw error
    }
    return attachment
  }

  /** Throws `not_found` for a file that the session has not. */
  async function openFile(ref: SessionRef, id: string): Promise<{ attachment: Attachment; bytes: Uint8Array }> {
    const attachment = (await store.files(ref)).find(({ file_id }) => file_id === id)
    const bytes = attachment && (await blobs.read(ref.key, id))
    if (!attachment || !bytes) throw new DeskError('not_found', 'There is no such file in this session.')
    return { attachment, bytes }
  }

  return { addFile, openFile }
}

function refuseTooMany(others: Attachment[], { size }: Attachment): void {
  const all = others.reduce((sum, other) => sum + other.size, size)
  if (others.length >= MAX_COUNT || all > MAX_ALL) throw new DeskError('too_large', 'This session has too many files.')
}

/** What can be shown of a file's name: its last part, without control characters and without what nobody may keep. */
function nameOf(given: string, mediaType: Attachment['media_type']): string {
  const plain = given
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim()
  return plain ? hear(plain).text.slice(-NAME) : `file.${mediaType.split('/')[1]}`
}
