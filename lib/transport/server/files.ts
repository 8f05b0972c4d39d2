import { DeskError } from '#lib/protocol/errors.ts'
import { fileQuery } from '#lib/protocol/http.ts'
import { MAX_FILE } from '#lib/session/files.ts'
import { readBytes, readQuery } from './body.ts'
import { admit, madeHeaders } from './credentials.ts'
import type { Call } from './door.ts'

/** The doors to the files of a session. */

/** What a form puts around its file, at most, in bytes. */
const AROUND = 16 * 1024

/**
 * `POST /api/session/{id}/files`: one file, as the body itself with its name in the query, or as the field `file` of a form.
 * A message then names it in `attachments`.
 */
export async function postFile(call: Call): Promise<Response> {
  const { actor, ref, token } = await admit(call, { name: call.params.id, make: true })
  const attachment = await call.house.sessions.addFile(actor, ref, await fileIn(call.request))
  const made = token === undefined ? {} : { session_id: ref.name, session_token: token }
  const headers = token === undefined ? {} : madeHeaders(ref.name, token, call.origin)
  return Response.json({ ...attachment, url: `/api/session/${ref.name}/files/${attachment.file_id}`, ...made }, { status: 201, headers })
}

/** `GET /api/session/{id}/files/{file}`: for who may see the session, as what its bytes are and nothing else. */
export async function getFile(call: Call): Promise<Response> {
  const { ref } = await admit(call, { name: call.params.id, ownerToo: true })
  const { attachment, bytes } = await call.house.sessions.openFile(ref, call.params.file ?? '')
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': attachment.media_type,
      'content-length': String(attachment.size),
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  })
}

async function fileIn(request: Request): Promise<{ name: string; bytes: Uint8Array }> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) {
    return { name: readQuery(request.url, fileQuery).name ?? '', bytes: await readBytes(request, MAX_FILE) }
  }
  const body = await readBytes(request, MAX_FILE + AROUND)
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new DeskError('invalid', 'The form could not be read.')
  })
  const file = form.get('file')
  if (!(file instanceof File)) throw new DeskError('invalid', 'file: the form has no file of this name')
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
