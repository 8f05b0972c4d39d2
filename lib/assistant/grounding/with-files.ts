import type { Citation } from '#lib/protocol/events.ts'
import { withoutAttribution } from '../files/wording.ts'
import { createGrounding, type Ground, type Grounding, holdsInstruction, type Verdict } from '../grounding.ts'
import { isUnrepeatable } from './commitments.ts'
import type { Place } from './lists.ts'
import { sourcesOf } from './sources.ts'

/** Passages of articles, and of the visitor's own files, that an answer may rest on. */
export interface Grounds {
  articles: Ground[]
  files: Ground[]
  /** The ids of the files that a model has read, as a person reads a picture. */
  transcripts: ReadonlySet<string>
}

/** What is known of the turn: its language, the company's name, what is asked. */
interface Turn {
  language: string
  desk: string
  question?: string
}

/**
 * Judges the sentences of an answer by articles first and, where no article says so, by the visitor's files. The two are never taken
 * together: what rests on a file is marked as its words (`voice`), so that the release says whose they are, and what would bind
 * the company rests on no file.
 */
export function createGroundingWithFiles({ articles, files, transcripts }: Grounds, { language, desk, question = '' }: Turn): Grounding {
  const citations: Citation[] = []
  const own = createGrounding(articles, articles[0]?.article.language ?? language, desk, question, citations)
  if (files.length === 0) return own
  const repeatable = files.flatMap((ground) => repeatableOf(ground, desk))
  const byFiles = createGrounding(repeatable, files[0]?.article.language ?? language, desk, question, citations)

  function judge(sentence: string, place?: Place): Verdict {
    const verdict = own.judge(sentence, place)
    if (verdict.kind !== 'unsupported') return verdict
    const said = withoutAttribution(sentence)
    if (isUnrepeatable(said, desk)) return { kind: 'unsupported', reason: 'not for a file to say' }
    const found = byFiles.judge(weighed(said), place === 'item' ? 'text' : place)
    if (found.kind !== 'supported') return found.kind === 'unsupported' ? found : verdict
    const isTranscript = found.grounds.some(({ article }) => transcripts.has(article.id))
    const grounds = found.grounds.map(({ passage }) => files.find((ground) => ground.passage.id === passage.id) as Ground)
    return { ...found, text: unweighed(found.text), grounds, voice: isTranscript ? 'picture' : 'file' }
  }

  const fileHoldsInstruction = files.some(({ passage }) => holdsInstruction(passage))
  return { judge, restate: own.restate, cite: own.cite, holdsInstruction: own.holdsInstruction, fileHoldsInstruction }
}

/** A passage of a file without what is not for the desk to repeat: that supports no other words either. */
function repeatableOf({ article, passage }: Ground, desk: string): Ground[] {
  const said = sourcesOf(passage).filter(({ text, isInstruction }) => !isInstruction && !isUnrepeatable(text, desk))
  const sentences = said.map(({ text }) => text)
  return sentences.length === 0
    ? []
    : [{ article, passage: { ...passage, text: weighed(sentences.join('\n\n')), sentences: sentences.map(weighed) } }]
}

/** In an article "total" says nothing by itself, so the check passes over it; in an invoice it is what is asked for. */
const weighed = (text: string) => text.replace(/\btotals?\b/gi, '$&sum')
const unweighed = (text: string) => text.replace(/\b(totals?)sum\b/gi, '$1')
