/** What each vendor takes as the content of a message, from its documentation: a part is refused for a field too many, one too few, or bytes that are not what they are called. */

type Part = Record<string, unknown>
type Check = (part: Part) => string[]

const magic: Record<string, string> = {
  'image/png': '\x89PNG\r\n\x1a\n',
  'image/jpeg': '\xff\xd8\xff',
  'image/gif': 'GIF8',
  'image/webp': 'RIFF',
  'application/pdf': '%PDF-',
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A part has exactly these fields. */
function fields(part: unknown, ...names: string[]): string[] {
  if (!isPart(part)) return ['a part is no object']
  const own = Object.keys(part).sort().join()
  return own === [...names].sort().join() ? [] : [`a part has ${own}, not ${names.sort().join()}`]
}

function base64(mediaType: unknown, data: unknown, taken: string[]): string[] {
  if (typeof mediaType !== 'string' || !taken.includes(mediaType)) return [`${String(mediaType)} is not taken`]
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return ['data is not Base64']
  const begins = Buffer.from(data, 'base64').toString('latin1')
  return begins.startsWith(magic[mediaType] ?? '?') ? [] : [`data is not ${mediaType}`]
}

function dataUrl(url: unknown, taken: string[]): string[] {
  const [, mediaType, data] = /^data:([^;]+);base64,(.*)$/s.exec(String(url)) ?? []
  return mediaType === undefined ? ['no data URL'] : base64(mediaType, data, taken)
}

const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const pdf = ['application/pdf']

const chatParts: Record<string, Check> = {
  text: (part) => fields(part, 'type', 'text'),
  image_url: (part) => [
    ...fields(part, 'type', 'image_url'),
    ...fields(part.image_url, 'url'),
    ...dataUrl((part.image_url as Part)?.url, pictures),
  ],
  file: (part) => [
    ...fields(part, 'type', 'file'),
    ...fields(part.file, 'filename', 'file_data'),
    ...dataUrl((part.file as Part)?.file_data, pdf),
  ],
}

const responsesParts: Record<string, Check> = {
  input_text: (part) => fields(part, 'type', 'text'),
  input_image: (part) => [...fields(part, 'type', 'image_url'), ...dataUrl(part.image_url, pictures)],
  input_file: (part) => [...fields(part, 'type', 'filename', 'file_data'), ...dataUrl(part.file_data, pdf)],
}

const anthropicParts: Record<string, Check> = {
  text: (part) => fields(part, 'type', 'text'),
  image: (part) => [...fields(part, 'type', 'source'), ...anthropicSource(part.source, pictures)],
  tool_result: () => [],
  document: (part) => [...fields(part, 'type', 'source', 'title'), ...anthropicSource(part.source, pdf)],
}

function anthropicSource(source: unknown, taken: string[]): string[] {
  const { media_type, data } = isPart(source) ? source : {}
  return [...fields(source, 'type', 'media_type', 'data'), ...base64(media_type, data, taken)]
}

function partsOf(content: unknown, known: Record<string, Check>): string[] {
  if (typeof content === 'string') return []
  if (!Array.isArray(content) || content.length === 0) return ['content is neither a text nor parts']
  return content.flatMap((part: Part) => known[String(part?.type)]?.(part) ?? [`a part of the type ${String(part?.type)}`])
}

const list = (value: unknown): Part[] => (Array.isArray(value) ? value.filter(isPart) : [])

/** Only what a user says may have files; what calls tools and what they answered is looked at elsewhere. */
const ofMessages = (known: Record<string, Check>, files: string[]) => (messages: unknown) =>
  list(messages).flatMap(({ role, content }) => {
    if (role === 'user') return partsOf(content, known)
    return list(content).flatMap(({ type }) => (files.includes(String(type)) ? [`a file that the ${String(role)} says`] : []))
  })

export const chatContent = ofMessages(chatParts, ['image_url', 'file'])
export const responsesContent = ofMessages(responsesParts, ['input_image', 'input_file'])
export const anthropicContent = ofMessages(anthropicParts, ['image', 'document'])

/** Gemini takes what stands in a request inline, and no GIF. */
export function geminiContent(contents: unknown): string[] {
  const taken = [...pictures.filter((type) => type !== 'image/gif'), ...pdf]
  return list(contents).flatMap(({ role, parts }) =>
    list(parts).flatMap((part) => {
      if (role === 'model' ? !('inlineData' in part) : 'functionResponse' in part) return []
      if ('text' in part) return fields(part, 'text')
      const { mimeType, data } = isPart(part.inlineData) ? part.inlineData : {}
      return [...fields(part, 'inlineData'), ...fields(part.inlineData, 'mimeType', 'data'), ...base64(mimeType, data, taken)]
    }),
  )
}
