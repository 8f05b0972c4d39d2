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
    sources = isRecord(passage.text) ? recordsIn(passage.text) : passage.text.split(/\n\s*\n/).flatMap(sourcesIn)
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

/** How the line begins that names a record of a shop: "[MON-0054] Monitor", "Order 1042: submitted". */
const opening = /^\s*(?:[-*] )?(?:\[[\p{L}\d-]+\] \S|\p{Lu}\p{Ll}+ #?\d{3,}: )/u

/** Whether a text is made of records, not of sentences: each of its lines names one or gives its fields. */
export function isRecord(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return opening.test(lines[0] ?? '') && lines.every((line) => opening.test(line) || /^\s*[\p{L} ]{1,30}: \S/u.test(line))
}

function recordsIn(text: string): Source[] {
  const records: string[] = []
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    if (opening.test(line)) records.push(line.trim())
    else records[records.length - 1] += ` | ${line.trim()}`
  }
  return records.map((record) => ({ text: visible(record), isInstruction: isInstruction(record) }))
}
