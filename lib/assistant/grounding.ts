import type { Article, Passage } from '#lib/knowledge/article.ts'
import { addressOfPassage, nameOfPassage } from '#lib/knowledge/passage-name.ts'
import type { Citation } from '#lib/protocol/events.ts'

/** A passage that an answer may rest on. */
export interface Ground {
  article: Article
  passage: Passage
}

/**
 * Attributes sentences to the passages they rest on and numbers those as citations, in the order of their first use.
 * One grounding serves one answer.
 */
export function createGrounding(grounds: Ground[], words: (text: string) => string[]) {
  const bags = grounds.map(({ passage }) => new Set(words(`${passage.heading} ${passage.text}`)))
  const citations: Citation[] = []

  /** The passage that supports a sentence; undefined if none does. */
  function attribute(sentence: string): Ground | undefined {
    const plain = sentence.trim()
    const quoted = grounds.find(({ passage }) => passage.sentences.includes(plain))
    if (quoted) return quoted
    const own = [...new Set(words(plain))]
    const numbers = numbersIn(plain)
    let best: { ground: Ground; share: number } | undefined
    for (const [at, bag] of bags.entries()) {
      const ground = grounds[at] as Ground
      const known = numbersIn(ground.passage.text)
      if (!numbers.every((number) => known.includes(number))) continue
      const share = own.length === 0 ? 0 : own.filter((word) => bag.has(word)).length / own.length
      if (share >= SUPPORT && share > (best?.share ?? 0)) best = { ground, share }
    }
    return best?.ground
  }

  /** The citation of a passage, and whether it is new in this answer. */
  function cite({ article, passage }: Ground): { citation: Citation; isNew: boolean } {
    const known = citations.find(({ source }) => source === passage.id)
    if (known) return { citation: known, isNew: false }
    const citation: Citation = {
      n: citations.length + 1,
      source: passage.id,
      title: nameOfPassage(article, passage),
      excerpt: excerptOf(passage),
      url: addressOfPassage(article, passage),
      ...(article.updated === undefined ? {} : { updated: article.updated }),
    }
    citations.push(citation)
    return { citation, isNew: true }
  }

  return { attribute, cite }
}

/** The share of a sentence's content words that a passage must have to support it. */
const SUPPORT = 0.7
/** Characters of a passage that a citation shows. */
const EXCERPT = 400

function numbersIn(text: string): string[] {
  return text.match(/\d+(?:[.,:]\d+)*/g) ?? []
}

function excerptOf({ sentences }: Passage): string {
  const text = sentences.join(' ')
  return text.length <= EXCERPT ? text : `${text.slice(0, text.lastIndexOf(' ', EXCERPT))} …`
}
