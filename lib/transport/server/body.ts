import type { z } from 'zod'
import { DeskError } from '#lib/protocol/errors.ts'
import { parse } from '#lib/protocol/frames.ts'
import { MAX_BODY } from '#lib/protocol/http.ts'

/**
 * Reads a body as text. Throws `too_large` as soon as more than `limit` bytes have come, `invalid` if they are not UTF-8,
 * or the client leaves in the middle.
 */
export async function readText(request: Request, limit = MAX_BODY): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new DeskError('invalid', 'The body is not UTF-8.')
    }
  }
  let text = ''
  for await (const chunk of chunksOf(request, limit)) text += decoded(chunk)
  return text + decoded()
}

/** Reads a body as it is. Throws `too_large` as soon as more than `limit` bytes have come, `invalid` if it breaks off. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of chunksOf(request, limit)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* chunksOf(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  const tooLarge = () => new DeskError('too_large', `The body is larger than ${limit} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  if (!request.body) return
  let size = 0
  // Leaving the loop early cancels the stream: nothing more is read.
  for await (const chunk of unbroken(request.body)) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    yield chunk
  }
}

async function* unbroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    throw new DeskError('invalid', 'The body broke off.')
  }
}

/** Reads a JSON body of any content type and checks it; an empty one is `{}`. Throws `bad_json`, `invalid`, `too_large`. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>, limit = MAX_BODY): Promise<T> {
  const text = await readText(request, limit)
  return parse(schema, text.trim() === '' ? {} : parseJson(text))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DeskError('bad_json', 'The body is not JSON.')
  }
}

/** Reads and checks the query; of a name given twice the first counts. Throws `invalid`. */
export function readQuery<T>(url: string, schema: z.ZodType<T>): T {
  const values: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams) values[name] ??= value
  return parse(schema, values)
}
