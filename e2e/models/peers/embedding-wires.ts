import type { EmbeddingWire } from './embedding-peer.ts'
import { type Asked, unexpected } from './peer.ts'
import { header, line } from './vendors.ts'

/** The vendors' wire formats for vectors, from their documentation. Each refuses what it does not know. */

interface EmbeddingsOptions {
  path?: string
  /** The key that is right; undefined when none may come. */
  key?: string | undefined
  model: string
  /** Whether a number of dimensions must be asked for; one that knows of none refuses it. */
  takesDimensions?: boolean
}

/** OpenAI embeddings, and what speaks like them: Ollama, vLLM, llama.cpp. */
export function embeddings({ path = '/v1/embeddings', key, model, takesDimensions = false }: EmbeddingsOptions): EmbeddingWire {
  const texts = ({ body }: Asked) => (Array.isArray(body.input) ? (body.input as string[]) : [])
  return {
    texts,
    dimensions: ({ body }) => body.dimensions as number | undefined,
    faults: (asked) => [
      ...line(asked, path),
      ...header(asked, 'authorization', key && `Bearer ${key}`),
      ...header(asked, 'content-type', 'application/json'),
      ...unexpected(asked.body, ['model', 'input', 'encoding_format', ...(takesDimensions ? ['dimensions'] : [])]),
      ...(asked.body.model === model ? [] : [`there is no model ${asked.body.model}`]),
      ...(asked.body.encoding_format === 'float' ? [] : ['encoding_format is not float']),
      ...listFaults(texts(asked), 2048),
    ],
    answer: (asked, vectors) => {
      const tokens = tokensOf(texts(asked))
      return {
        object: 'list',
        data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
        model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      }
    },
  }
}

interface GeminiRequest {
  model?: string
  content?: { role?: string; parts?: Array<{ text?: string }> }
  outputDimensionality?: number
  taskType?: string
}

/** Gemini `batchEmbedContents`, and `embedContent` for a single text. */
export function geminiEmbeddings(model: string, key: string): EmbeddingWire {
  const isSingle = ({ path }: Asked) => path.endsWith(':embedContent')
  const requestsOf = (asked: Asked) => (isSingle(asked) ? [asked.body] : ((asked.body.requests as object[]) ?? [])) as GeminiRequest[]
  const texts = (asked: Asked) => requestsOf(asked).map(({ content }) => content?.parts?.[0]?.text ?? '')
  return {
    texts,
    dimensions: (asked) => requestsOf(asked)[0]?.outputDimensionality,
    faults: (asked) => [
      ...line(asked, `/v1beta/models/${model}:${isSingle(asked) ? 'embedContent' : 'batchEmbedContents'}`),
      ...header(asked, 'x-goog-api-key', key),
      ...header(asked, 'authorization', undefined),
      ...header(asked, 'content-type', 'application/json'),
      ...(isSingle(asked) ? [] : unexpected(asked.body, ['requests'])),
      ...requestsOf(asked).flatMap((request) => geminiFaults(request, model)),
      ...listFaults(texts(asked), 100),
    ],
    answer: (asked, vectors) =>
      isSingle(asked) ? { embedding: { values: vectors[0] } } : { embeddings: vectors.map((values) => ({ values })) },
  }
}

/** Only the first generation takes the kind of a text as a field; its texts have one part, of the user if anybody's. */
function geminiFaults(request: GeminiRequest, model: string): string[] {
  const fields = ['model', 'content', 'outputDimensionality', ...(model.endsWith('-001') ? ['taskType'] : [])]
  const { role = 'user', parts = [] } = request.content ?? {}
  return [
    ...unexpected({ ...request }, fields),
    ...(request.model === `models/${model}` ? [] : [`the model ${request.model} is not that of the address`]),
    ...(role === 'user' && parts.length === 1 ? [] : ['the content is not one part of the user']),
  ]
}

function listFaults(texts: string[], most: number): string[] {
  if (texts.length === 0 || texts.length > most) return [`${texts.length} texts are none, or more than ${most}`]
  return texts.some((text) => typeof text !== 'string' || text === '') ? ['a text is empty'] : []
}

/** As many tokens as words: whoever counts differently is told apart. */
export function tokensOf(texts: string[]): number {
  return texts.reduce((sum, text) => sum + text.split(/\s+/).length, 0)
}
