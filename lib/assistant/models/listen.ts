import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolCall,
  LanguageModelV4Usage,
  SharedV4ProviderMetadata,
} from '@ai-sdk/provider'
import type { Clock } from './clock.ts'
import { failureOf, ModelFailure } from './failure.ts'

/** How long a model may take, in milliseconds. */
export interface Deadlines {
  /** Until its first token. */
  firstToken: number
  /** Between two. */
  idle: number
  /** For an answer in all, over every model that is asked. */
  total: number
}

/** Characters of one answer. What is longer is not an answer. */
const MAX_CHARACTERS = 20_000

/** One request to one model. */
export interface Listening {
  model: LanguageModelV4
  call: LanguageModelV4CallOptions
  clock: Clock
  deadlines: Deadlines
  /** When the whole answer must be there, epoch milliseconds. */
  until: number
}

/** What is known of a request: filled while it runs, so that it is known of a broken one too. */
export interface Heard {
  /** Milliseconds to the first token of the text. */
  firstTokenMs?: number
  characters: number
  usage?: LanguageModelV4Usage
  /** Tools that it asks for, of those that it was offered. */
  calls?: LanguageModelV4ToolCall[]
  /** What it thought, as its provider wants to hear it again with the results. */
  thoughts?: Thought[]
}

export interface Thought {
  id: string
  text: string
  providerMetadata?: SharedV4ProviderMetadata
}

/**
 * Asks a model once and yields its text as it comes; fills `heard`. Returns when the model has said that it is done.
 * Throws a ModelFailure for everything else, and the signal's reason as soon as that is aborted; the request ends then, too.
 */
export async function* listen(
  { model, call, clock, deadlines, until }: Listening,
  heard: Heard,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const abort = new AbortController()
  const both = AbortSignal.any([signal, abort.signal])
  // Raced with everything that is awaited: a stream that does not heed the signal holds nobody up.
  const stopped = new Promise<never>((_, reject) => {
    if (both.aborted) reject(both.reason)
    both.addEventListener('abort', () => reject(both.reason), { once: true })
  })
  stopped.catch(() => undefined)

  const startedAt = clock.now()
  let due = { at: startedAt + deadlines.firstToken, why: `no token within ${deadlines.firstToken} ms` }
  const inTime = async <T>(work: PromiseLike<T>): Promise<T> => {
    const { at, why } = due.at < until ? due : { at: until, why: `not done within ${deadlines.total} ms` }
    const left = at - clock.now()
    const expire = () => abort.abort(new ModelFailure(why))
    const cancel = clock.after(left, expire)
    if (left <= 0) expire()
    try {
      // In this order: where time is over, what came all the same does not count.
      return await Promise.race([stopped, work])
    } finally {
      cancel()
    }
  }

  const count = (characters: number) => {
    heard.characters += characters
    if (heard.characters > MAX_CHARACTERS) throw new ModelFailure('said too much')
  }

  let reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart> | undefined
  let saidSomething = false
  let isDone = false
  const mayCall = (call.tools?.length ?? 0) > 0 && call.toolChoice?.type !== 'none'
  try {
    reader = (await inTime(model.doStream({ ...call, abortSignal: both }))).stream.getReader()
    for (;;) {
      const { done, value } = await inTime(reader.read())
      if (done) break
      if (value.type === 'error') throw value.error
      if (value.type === 'finish') {
        heard.usage = value.usage
        checkEnd(value.finishReason, mayCall && heard.calls !== undefined)
        isDone = true
      }
      if (mayCall && value.type === 'tool-call' && !value.providerExecuted) {
        heard.calls = [...(heard.calls ?? []), value]
        count(value.input.length)
      }
      think(heard, value)
      if (value.type === 'text-delta' && value.delta !== '') {
        heard.firstTokenMs ??= clock.now() - startedAt
        count(value.delta.length)
        saidSomething ||= value.delta.trim() !== ''
        yield value.delta
      }
      // Only what it says or thinks is a sign of life. From here on, since the time that a text took to be checked and
      // stored is not the model's. A tool call is one only where a tool was offered.
      if (value.type === 'text-delta' || value.type === 'reasoning-delta' || (mayCall && value.type === 'tool-input-delta')) {
        due = { at: clock.now() + deadlines.idle, why: `silent for ${deadlines.idle} ms` }
      }
    }
    if (!isDone) throw new ModelFailure('broke off')
    if (!saidSomething && !heard.calls) throw new ModelFailure('said nothing')
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw failureOf(abort.signal.aborted ? abort.signal.reason : error, clock.now())
  } finally {
    abort.abort(new ModelFailure('not needed any more'))
  }
}

/** Throws unless the model says that it has said all: a reason that only its provider has is one, no reason at all is a stream that was cut. */
function checkEnd({ unified, raw }: LanguageModelV4FinishReason, calls: boolean): void {
  if (unified === 'stop' || (unified === 'tool-calls' && calls) || (unified === 'other' && raw !== undefined)) return
  throw new ModelFailure(unhappyEnds[unified] ?? 'broke off')
}

const unhappyEnds: Record<string, string> = {
  length: 'reached its limit of tokens',
  'content-filter': 'was stopped by its filter',
  'tool-calls': 'asked for a tool that it was not offered',
}

/** Keeps what a model thinks, with what its provider needs to know it again by. */
function think(heard: Heard, part: LanguageModelV4StreamPart): void {
  if (part.type !== 'reasoning-start' && part.type !== 'reasoning-delta' && part.type !== 'reasoning-end') return
  heard.thoughts ??= []
  let thought = heard.thoughts.find(({ id }) => id === part.id)
  if (!thought) {
    thought = { id: part.id, text: '' }
    heard.thoughts.push(thought)
  }
  if (part.type === 'reasoning-delta') thought.text += part.delta
  for (const [provider, metadata] of Object.entries(part.providerMetadata ?? {})) {
    thought.providerMetadata = { ...thought.providerMetadata, [provider]: { ...thought.providerMetadata?.[provider], ...metadata } }
  }
}
