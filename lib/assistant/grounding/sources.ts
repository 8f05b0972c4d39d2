import type { Passage } from '#lib/knowledge/article.ts'
import { sentencesOf } from '#lib/knowledge/sentences.ts'
import { isInstruction, visible } from './instructions.ts'

/** A sentence of a passage, and whether it only looks like one: an instruction to the assistant. */
export interface Source {
  text: string
  isInstruction: boolean
}

const known = new WeakMap<Passage, Source[]>()

/** The sentences of a passage; what follows an instruction in its paragraph is not trusted either. */
export function sourcesOf(passage: Passage): Source[] {
  let sources = known.get(passage)
  if (!sources) {
    sources = passage.text.split(/\n\s*\n/).flatMap(sourcesIn)
    known.set(passage, sources)
  }
  return sources
}

function sourcesIn(paragraph: string): Source[] {
  let isTainted = false
  let isHidden = false
  return sentencesOf(paragraph).map((sentence) => {
    const text = visible(isHidden ? `<!--${sentence}` : sentence).trim()
    isTainted ||= isInstruction(sentence)
    isHidden = sentence.lastIndexOf('<!--') > sentence.lastIndexOf('-->') || (isHidden && !sentence.includes('-->'))
    return { text, isInstruction: isTainted || text === '' }
  })
}
