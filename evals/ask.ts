import { openModels } from '#lib/assistant/models/open.ts'
import { createOfflineModel } from '#lib/assistant/offline/model.ts'
import { createResponder } from '#lib/assistant/responder.ts'
import { readConfig } from '#lib/config.ts'
import { openKnowledge } from '#lib/knowledge/knowledge.ts'
import type { Vectors } from '#lib/knowledge/meaning/vectors.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'
import type { Gateway } from '#lib/tools/ports.ts'

/** What the desk said to one message. */
export interface Said {
  response: string
  confidence: number
  kind: string
  reasons: string[]
  /** The passages it cites, in the order of their numbers. */
  sources: string[]
  options: string[]
  handoff: boolean
}

/** Puts messages to the assistant, all in one session; returns what it said to the last one. */
export type Ask = (...messages: string[]) => Promise<Said>

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
/** As the desk's own default, CONFIDENCE_THRESHOLD. */
const THRESHOLD = 0.7

interface Choices {
  threshold?: number
  /** With them, the articles are searched by meaning too. */
  vectors?: Vectors
  /** A shop to speak of besides. */
  gateway?: Gateway
}

/** The assistant over a folder of articles, without doors and without a store. `close` it in the end. */
export async function openAssistant(folder = 'knowledge', { threshold = THRESHOLD, vectors, gateway }: Choices = {}) {
  const knowledge = await openKnowledge(folder, log, undefined, vectors)
  const { chain: models } = await openModels(readConfig({}), { offline: createOfflineModel(0), log })
  const respond = createResponder({
    knowledge,
    models,
    agents: [],
    deskName: 'Harbor Computers',
    threshold,
    ...(gateway ? { gateway } : {}),
  })
  const { signal } = new AbortController()
  const session = { key: 'evals', customer: undefined, approvals: [] }

  const ask: Ask = async (...messages) => {
    const history: StoredMessage[] = []
    let said: Said | undefined
    for (const message of messages) {
      const question = stored(history.length + 1, { role: 'visitor', content: message })
      const running = respond({ questions: [question], history, degraded: false, session, turn: { id: question.message_id } }, signal)
      const answer = stored(history.length + 2, { role: 'assistant', content: '', citations: [] })
      let step = await running.next()
      for (; !step.done; step = await running.next()) {
        answer.content += step.value.text
        answer.citations?.push(...step.value.citations)
      }
      const { handoff, ...concluded } = step.value
      Object.assign(answer, concluded)
      history.push(question, answer)
      said = {
        response: answer.content,
        confidence: answer.confidence ?? 0,
        kind: answer.decision?.kind ?? 'none',
        reasons: answer.decision?.reasons ?? [],
        sources: answer.citations?.map(({ source }) => source) ?? [],
        options: answer.options ?? [],
        handoff: handoff !== undefined,
      }
    }
    if (!said) throw new Error('nothing was asked')
    return said
  }

  return { ask, knowledge, close: knowledge.close }
}

function stored(seq: number, message: Pick<StoredMessage, 'role' | 'content' | 'citations'>): StoredMessage {
  const place = { seq, session_id: 'evals', timestamp: new Date(0).toISOString() }
  return { type: 'message', message_id: `m${seq}`, status: 'complete', ...place, ...message }
}
