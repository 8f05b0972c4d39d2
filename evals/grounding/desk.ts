import { createFileReader } from '#lib/assistant/files/file-reader.ts'
import type { ModelChain } from '#lib/assistant/models/chain.ts'
import { createResponder } from '#lib/assistant/responder.ts'
import type { Article, Passage } from '#lib/knowledge/article.ts'
import { type Knowledge, openKnowledge } from '#lib/knowledge/knowledge.ts'
import type { StoredMessage } from '#lib/protocol/events.ts'

/** What came out of the desk for one message, with what its model had been told. */
export interface Outcome {
  text: string
  kind: string
  reasons: string[]
  sources: string[]
  prompt: string
}

/** What a scripted model says; it may read what it was told. */
export type Script = (prompt: string) => string

export type Desk = Awaited<ReturnType<typeof openDesk>>

const log = { debug() {}, info() {}, warn: console.warn, error: console.error }
const THRESHOLD = 0.7
/** Characters of a piece of a scripted model's stream: it cuts words and figures anywhere. */
const PIECE = 7

/** The responder over a folder of articles, with a model that says what it is given. `close` it in the end. */
export async function openDesk(folder = 'knowledge', deskName = 'Harbor Computers') {
  const knowledge = await openKnowledge(folder, log)
  let script: Script = () => ''
  let prompt = ''
  const models: Pick<ModelChain, 'speak'> = {
    async *speak({ instructions, messages }) {
      prompt = [instructions, ...messages.map(({ content }) => content)].join('\n')
      const text = script(prompt)
      for (let at = 0; at < text.length; at += PIECE) yield { type: 'text', text: text.slice(at, at + PIECE) }
      yield { type: 'end', assistant: 'scripted', isComplete: true, isStandIn: false, reasons: [] }
    },
  }
  let file = ''
  const documents = { read: async () => ({ sections: [{ text: file, page: 1 }] }) }
  const files = createFileReader({ documents, transcribe: undefined })
  const respond = createResponder({ knowledge, models, agents: [], deskName, threshold: THRESHOLD, files })
  let sent = 0
  const { signal } = new AbortController()

  /** Asks, and sends what a file `says` along, if there is one. */
  async function ask(question: string, says: Script, text?: string): Promise<Outcome> {
    script = says
    prompt = ''
    file = text ?? ''
    const asked = { ...visitorSays(question), ...(text === undefined ? {} : { attachments: [{ ...document, file_id: `f${++sent}` }] }) }
    const readFile = async () => new Uint8Array([1])
    const running = respond({ questions: [asked], history: [], degraded: false, readFile }, signal)
    const outcome: Outcome = { text: '', kind: '', reasons: [], sources: [], prompt: '' }
    let step = await running.next()
    for (; !step.done; step = await running.next()) {
      outcome.text += step.value.text
      outcome.sources.push(...step.value.citations.map(({ source }) => source))
    }
    const { decision } = step.value
    return { ...outcome, kind: decision?.kind ?? 'none', reasons: decision?.reasons ?? [], prompt }
  }

  const questions = new Map<string, string | undefined>()
  /** A question for which the model is given this passage, among the examples of its article; undefined if none leads there. */
  async function questionFor(article: Article, passage: Passage): Promise<string | undefined> {
    if (!questions.has(passage.id)) questions.set(passage.id, await findQuestion(article, passage))
    return questions.get(passage.id)
  }

  async function findQuestion(article: Article, passage: Passage): Promise<string | undefined> {
    const title = `– ${passage.heading}">`
    for (const question of [...passage.questions, ...article.questions]) {
      const { prompt } = await ask(question, () => '')
      if (prompt.includes(title) && prompt.includes(article.title)) return question
    }
    return undefined
  }

  return { ask, questionFor, knowledge, close: knowledge.close }
}

/** The article and the passage of an id. */
export function passageOf(knowledge: Knowledge, id: string): { article: Article; passage: Passage } {
  const found = knowledge.passage(id)
  if (!found) throw new Error(`there is no passage ${id}`)
  return found
}

const document = { file_id: 'f', name: 'invoice.pdf', media_type: 'application/pdf' as const, size: 1 }

function visitorSays(content: string): StoredMessage {
  const place = { seq: 1, session_id: 'evals', timestamp: new Date(0).toISOString() }
  return { type: 'message', message_id: 'm1', role: 'visitor', content, status: 'complete', ...place }
}
