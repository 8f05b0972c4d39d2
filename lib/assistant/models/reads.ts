import type { Attachment } from '#lib/protocol/events.ts'
import type { ChosenModel, ModelSettings, RemoteProvider } from './settings.ts'

/** Which files a model is given, by what its maker documents. Read on 2026-11-25. */

type MediaType = Attachment['media_type']

/** A file in a request to a model. The name that a visitor gave it is not told. */
export interface FilePart {
  mediaType: MediaType
  bytes: Uint8Array
}

/** Bytes of a file that goes to a model, at most: what all of the vendors take, with room for the encoding. */
const LARGEST_PICTURE = 5 * 1024 * 1024
const LARGEST_PDF = 10 * 1024 * 1024

const pictures: MediaType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const pdf: MediaType[] = ['application/pdf']

/** OpenAI takes PDFs over its Responses API; Gemini takes no GIF. What a router or a server of one's own serves is not known. */
const documented: Record<RemoteProvider, (model: string, settings: ModelSettings) => MediaType[]> = {
  openai: (model, { OPENAI_BASE_URL }) =>
    /^(?:gpt-4o|gpt-4\.1|gpt-[5-9]|o[134](?!-mini$)|o4)/.test(model) ? [...pictures, ...(OPENAI_BASE_URL ? [] : pdf)] : [],
  google: (model) => (/^gemini-/.test(model) ? [...pictures.filter((type) => type !== 'image/gif'), ...pdf] : []),
  anthropic: (model) => (/^claude-/.test(model) ? [...pictures, ...pdf] : []),
  huggingface: () => [],
  'openai-compatible': () => [],
}

/** Whether a model is given a file. `AI_READS`, where it is set, says so of every model. */
export function readsWith(settings: ModelSettings, { provider, model }: ChosenModel): (file: FilePart) => boolean {
  const { AI_READS: own } = settings
  const types = own
    ? [...(own.includes('images') ? pictures : []), ...(own.includes('pdf') ? pdf : [])]
    : documented[provider](model, settings)
  return ({ mediaType, bytes }) =>
    types.includes(mediaType) && bytes.byteLength <= (mediaType === 'application/pdf' ? LARGEST_PDF : LARGEST_PICTURE)
}
