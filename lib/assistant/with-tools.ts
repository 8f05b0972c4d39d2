import type { Card } from '#lib/protocol/cards.ts'
import type { AnswerUsage } from '#lib/protocol/events.ts'
import type { Piece, Proposal } from '#lib/session/ports.ts'
import type { OfferedTool, ToolOutcome } from '#lib/tools/ports.ts'
import type { Asked } from './conclusions.ts'
import type { Calls } from './dialogue/calls.ts'
import { isInstruction } from './grounding/instructions.ts'
import { createGrounding, type Ground } from './grounding.ts'
import type { ModelChain, Spoken } from './models/chain.ts'
import type { Toolbox } from './models/tool-steps.ts'
import { phrasesIn } from './phrases.ts'
import { conversation, resultAsData, toolInstructionsFor } from './prompt.ts'
import { createCitations, recordGrounds } from './records.ts'
import { createRelease } from './release.ts'

/**
 * Lets a model call tools and then speak. What it says is released sentence by sentence, as far as the results and the articles
 * support it; what it wants changed comes to a proposal, of which our own words tell, and ends what it may say.
 */

interface WithToolsDeps {
  models: Pick<ModelChain, 'speak'>
  deskName: string
  language: string
  /** What the agent that speaks is told. */
  manner?: string | undefined
  tools: OfferedTool[]
  calls: Calls
  /** Passages of articles that it may rest on besides. */
  passages: Ground[]
  question: string
}

/** What came of it. */
export interface Told {
  /** Sentences that were said. */
  released: number
  by: Spoken | undefined
  usage?: AnswerUsage | undefined
  notes: string[]
  proposal?: Proposal
  /** A tool was refused since nobody has signed in. */
  needsSignIn: boolean
  /** What the words speak of. */
  cards: Card[]
}

/** Calls that a model may make, fewer than an answer may: what it leaves undone is done without it. */
const CALLS = 5
const MOST_CARDS = 6

export async function* withTools(
  deps: WithToolsDeps,
  { questions, history, session }: Asked,
  signal: AbortSignal,
): AsyncGenerator<Piece, Told> {
  const { models, deskName, language, calls, passages, question } = deps
  const told: Told = { released: 0, by: undefined, notes: [], needsSignIn: false, cards: [] }
  const citations = createCitations()
  let words = ''
  let dropped = 0
  let holdsInstruction = isInstruction(question)

  function begin() {
    const grounding = createGrounding([...passages, ...recordGrounds(calls.records, language)], language, deskName, question)
    holdsInstruction ||= grounding.holdsInstruction
    return createRelease({ ...grounding, cite: citations(grounding.cite) }, phrasesIn(language).voices)
  }

  /** What is said after results stands apart from what was said before them. */
  function* said(pieces: Piece[]): Generator<Piece> {
    for (const [at, piece] of pieces.entries()) {
      const isLater = at === 0 && words !== '' && isFresh
      isFresh = false
      words += piece.text
      yield isLater ? { ...piece, text: `\n\n${piece.text}` } : piece
    }
  }

  let isFresh = true
  let release = begin()
  const settle = () => {
    const counts = release.counts()
    told.released += counts.released
    dropped += counts.dropped
  }
  const request = {
    instructions: toolInstructionsFor(deskName, passages, calls.customer?.name, deps.manner),
    messages: conversation(history, question, session?.context),
    offline: { sentences: [] },
    isReleased: () => told.released + release.counts().released > 0,
    answerTo: questions.at(-1)?.message_id,
    tools: toolboxOf(deps, told),
  }
  for await (const part of models.speak(request, signal)) {
    if (part.type === 'text') yield* said(release.push(part.text))
    else if (part.type === 'end') {
      // What a model says before it proposes something might be taken for the thing done.
      yield* said(release.end(part.isComplete && told.proposal === undefined))
      settle()
      told.by = part
      told.usage = part.usage
      break
    } else {
      if (part.type === 'results') {
        yield* said(release.end(false))
        settle()
        isFresh = true
      }
      release = begin()
    }
  }
  told.cards = spokenOf(words, calls.cards)
  told.notes = [
    ...(dropped > 0 ? [dropped === 1 ? '1 sentence was not supported' : `${dropped} sentences were not supported`] : []),
    ...(holdsInstruction ? ['a result, a passage or the message holds an instruction'] : []),
  ]
  return told
}

/** The tools as a provider takes their names, called through the gateway. */
function toolboxOf({ tools, calls }: WithToolsDeps, told: Told): Toolbox {
  const nameOf = (name: string) => name.replaceAll('.', '__')
  const byName = new Map(tools.map((tool) => [nameOf(tool.name), tool]))
  let made = 0
  return {
    offered: [...byName].map(([name, { description, parameters }]) => ({ name, description, parameters })),
    async call(name, args, signal) {
      signal.throwIfAborted()
      const tool = byName.get(name)
      if (!tool) return { text: 'There is no such tool.', isError: true }
      if (made >= CALLS) return { text: 'No more tools can be called. Answer with what is known.', isError: true }
      made += 1
      const outcome = await calls.call(tool.name, args as Record<string, unknown>)
      if (outcome.status === 'refused' && outcome.reason === 'sign_in') told.needsSignIn = true
      if (outcome.status === 'proposed') told.proposal = outcome.proposal
      return { text: resultAsData(name, outcome.text), isError: isError(outcome), ends: outcome.status === 'proposed' }
    },
  }
}

const isError = ({ status }: ToolOutcome) => status === 'error' || status === 'refused'

/** The cards of what an answer names. */
function spokenOf(words: string, cards: Card[]): Card[] {
  const named = cards.filter((card) => {
    if (card.kind === 'product') return words.includes(card.sku) || words.includes(card.name)
    return card.kind === 'order' && card.order_id !== undefined && words.includes(card.order_id)
  })
  const byKey = new Map(named.map((card) => [card.kind === 'product' ? card.sku : card.kind === 'order' ? card.order_id : '', card]))
  return [...byKey.values()].slice(0, MOST_CARDS)
}
