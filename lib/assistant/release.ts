import type { Citation } from '#lib/protocol/events.ts'
import type { Piece } from '#lib/session/ports.ts'
import type { Place } from './grounding/lists.ts'
import type { Grounding, Verdict, Voice } from './grounding.ts'
import { createSentenceCutter, lineMark } from './sentences.ts'

/**
 * Lets pass what a model writes, sentence by sentence, as far as the grounding supports it: in the model's own
 * paragraphs and lists, with the numbers of its sources after the last sentence that rests on them. A sentence that states
 * nothing ("Here is how:") waits for the first one that does. What is not supported is told at the end in the articles' own words, as far
 * as they have not been said. What a file of the visitor says stands apart, below words that say
 * whose it is (`voices`).
 */
export function createRelease({ judge, restate, cite }: Grounding, voices: Record<Voice, string>) {
  const cutter = createSentenceCutter()
  let open: Citation[] = []
  let gap = ''
  let trailing = ''
  let mark = ''
  let place: Place = 'text'
  let waiting = ''
  let voice: Voice | undefined
  let lead: { text: string; space: string } | undefined
  let released = 0
  let dropped = 0
  let restated = 0
  /** Sentences that were not supported, and those of the articles that were said or stood behind what was. */
  const unsaid: string[] = []
  const told = new Set<string>()

  function pass(raw: string): Piece[] {
    const ownMark = lineMark.exec(raw)?.[0] ?? ''
    const text = raw.slice(ownMark.length).trim()
    // The rest of a list item whose first sentence was not said still is an item.
    if (ownMark !== '' || trailing.includes('\n')) {
      mark = ownMark.trim() === '' ? '' : `${ownMark.trim()} `
      place = listMark.test(ownMark) ? 'item' : ownMark.includes('#') || /^(?:\*\*|__)[^*_]+(?:\*\*|__)$/.test(text) ? 'heading' : 'text'
    }
    const verdict = judge(text, place)
    const space = settleLead(verdict)
    trailing = /\s*$/.exec(raw)?.[0] ?? ''
    gap = largest(verdict.kind === 'unsupported' ? space : '', trailing)
    if (verdict.kind === 'unsupported') {
      dropped += 1
      if (place === 'text') unsaid.push(text)
      return []
    }
    const before = released === 0 && waiting === '' ? '' : gapBetween(space)
    const own = `${mark}${text}`
    if (verdict.kind === 'neutral') waiting += before + own
    if (verdict.kind === 'lead') lead = { text: before + own, space }
    const markSaid = mark
    mark = ''
    if (verdict.kind !== 'supported') return []
    return say(verdict, before, markSaid)
  }

  function say(verdict: Verdict & { kind: 'supported' }, before: Gap | '', mark: string): Piece[] {
    const cited = verdict.grounds.map(cite)
    const citations = cited.map(({ citation }) => citation)
    const isSame = citations.length === open.length && citations.every(({ n }) => open.some((other) => other.n === n))
    const marks = isSame ? '' : marksOf(open)
    const said = `${marks}${bridge(verdict.voice, before)}${mark}${verdict.text}`
    open = citations
    voice = verdict.voice
    waiting = ''
    released += 1
    for (const source of verdict.sources) told.add(source)
    return [{ text: said, citations: cited.flatMap(({ citation, isNew }) => (isNew ? [citation] : [])) }]
  }

  /** What stands between what was said and a sentence: what leads over, a gap, and where the speaker changes the words that say so. */
  function bridge(next: Voice | undefined, gap: Gap | ''): string {
    const led = voice !== undefined && waiting !== '' ? `\n\n${waiting.trimStart()}` : waiting
    // What leads over is said by the desk.
    const speaking = waiting === '' ? voice : undefined
    if (next === speaking) return `${led}${next === undefined || gap === '' ? gap : quoted[gap]}`
    const apart = gap === '' ? '' : '\n\n'
    return `${led}${apart}${next === undefined ? '' : `${voices[next]}\n\n> `}`
  }

  /** A sentence that leads to a list is said with the first item that it fits, or not at all. Returns the space before what follows. */
  function settleLead(verdict: Verdict): string {
    const held = lead
    lead = undefined
    if (!held) return gap
    if (verdict.kind === 'supported' && verdict.isLed) {
      waiting += held.text
      released += 1
      return gap
    }
    dropped += 1
    return largest(held.space, gap)
  }

  /** What the articles say of what was left out. Nothing is said twice. */
  function retell(): Piece[] {
    const pieces: Piece[] = []
    for (const sentence of unsaid) {
      const own = restated < RESTATED ? restate(sentence) : undefined
      if (!own || own.sources.every((source) => told.has(source))) continue
      const before = released === 0 && waiting === '' ? '' : restated === 0 ? '\n\n' : ' '
      restated += 1
      pieces.push(...say(own, before, ''))
    }
    return pieces
  }

  return {
    /** The next words of the model. */
    push: (piece: string): Piece[] => together(cutter.push(piece).flatMap(pass)),
    /** What is left when the model has ended. What it had begun when it broke off is no sentence. */
    end: (isComplete: boolean): Piece[] => {
      const last = isComplete ? [...cutter.flush().flatMap(pass), ...retell()] : []
      return together(open.length > 0 ? [...last, { text: marksOf(open), citations: [] }] : last)
    },
    /** How many sentences were said, how many were not supported, and how many of those are said in the articles' words. */
    counts: () => ({ released, dropped, restated }),
  }
}

/** What can be said at the same time is one piece: each is a commit of its own. */
function together(pieces: Piece[]): Piece[] {
  if (pieces.length < 2) return pieces
  return [{ text: pieces.map(({ text }) => text).join(''), citations: pieces.flatMap(({ citations }) => citations) }]
}

/** The mark of a list item, not of a heading or a quotation. */
const listMark = /^\s*(?:[-*+•–]|\d{1,3}[.)])/

function marksOf(citations: Citation[]): string {
  return citations.length === 0 ? '' : ` ${citations.map(({ n }) => `[${n}]`).join('')}`
}

const lines = (space: string) => space.split('\n').length - 1

/** The larger of two gaps, in lines. */
function largest(a: string, b: string): string {
  return lines(a) > lines(b) ? a : b
}

/** Sentences of an answer that are told in the articles' words, at most. */
const RESTATED = 3

type Gap = ' ' | '\n' | '\n\n'
/** The gaps in a quotation. */
const quoted: Record<Gap, string> = { ' ': ' ', '\n': '\n> ', '\n\n': '\n>\n> ' }

function gapBetween(space: string): Gap {
  return lines(space) > 1 ? '\n\n' : lines(space) === 1 ? '\n' : ' '
}
