import { setTimeout as sleep } from 'node:timers/promises'
import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { z } from 'zod'

/**
 * The assistant without a model, in the shape of a model: what it says was chosen from articles by `compose` and
 * reaches it as data, not inside a prompt; it only speaks it, word by word, as any model would.
 * Without such data it repeats what it was asked, so that plain library calls work offline too.
 */
export const offlineOptions = z.object({ sentences: z.array(z.string()) })
export type OfflineOptions = z.infer<typeof offlineOptions>

/** The name under which `providerOptions` carry the data. */
export const OFFLINE = 'offline'

/** `paceMs` is the pause after each word, so that reading can keep up and an answer can be stopped; 0 for none. */
export function createOfflineModel(paceMs: number): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'frontdesk',
    modelId: OFFLINE,
    supportedUrls: {},

    async doGenerate(options) {
      const text = speech(options)
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: undefined },
        usage: usageOf(options, text),
        warnings: [],
      }
    },

    async doStream(options) {
      const text = speech(options)
      return { stream: streamOf(speak(text, options, paceMs)) }
    },
  }
}

async function* speak(text: string, options: LanguageModelV4CallOptions, paceMs: number): AsyncGenerator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] }
  yield { type: 'text-start', id: '0' }
  for (const word of text.match(/\S+\s*/g) ?? []) {
    if (paceMs > 0) await sleep(paceMs, undefined, { ...(options.abortSignal && { signal: options.abortSignal }) })
    yield { type: 'text-delta', id: '0', delta: word }
  }
  yield { type: 'text-end', id: '0' }
  yield { type: 'finish', finishReason: { unified: 'stop', raw: undefined }, usage: usageOf(options, text) }
}

function speech({ providerOptions, prompt }: LanguageModelV4CallOptions): string {
  const given = offlineOptions.safeParse(providerOptions?.[OFFLINE])
  if (given.success) return given.data.sentences.join(' ')
  return textOf(prompt.findLast(({ role }) => role === 'user'))
}

function textOf(message: LanguageModelV4CallOptions['prompt'][number] | undefined): string {
  if (!message) return ''
  if (typeof message.content === 'string') return message.content
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Words count as tokens: nothing is charged for them. */
function usageOf({ prompt }: LanguageModelV4CallOptions, text: string): LanguageModelV4Usage {
  const count = (words: string) => words.split(/\s+/).filter(Boolean).length
  const input = prompt.reduce((sum, message) => sum + count(textOf(message)), 0)
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: count(text), text: count(text), reasoning: 0 },
  }
}

function streamOf(parts: AsyncGenerator<LanguageModelV4StreamPart>): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        controller.error(error)
      }
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
