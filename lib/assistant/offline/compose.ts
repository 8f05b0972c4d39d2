import type { Passage } from '#lib/knowledge/article.ts'

/** A sentence chosen for an answer, with the passage it stands in. */
export interface Chosen {
  passage: Passage
  /** Its place in the passage. */
  at: number
  sentence: string
  score: number
}

export interface Candidate {
  passage: Passage
  /** How well the passage as a whole fits the question. */
  score: number
}

/** Sentences of one answer to one question, at most. */
const MOST = 4
/** A sentence stays in when it fits at least this share of the best one's fit. */
const NEAR = 0.45
/** What the question asks for, and what the sentence that tells it looks like. */
const shapes: Array<[asks: RegExp, tells: RegExp]> = [
  [
    /\b(?:how long|how many days|how soon|when|how fast|how late|what time|until|deadline|bao lâu|mấy ngày|khi nào)\b/i,
    /\b\d+(?::\d+)?(?: to \d+)?(?: business)? ?(?:days?|hours?|weeks?|months?|years?|minutes?|am|pm|ngày|giờ|tuần|tháng)\b|\b(?:monday|sunday|saturday|january|december|same day)\b/i,
  ],
  [
    /\b(?:how much|cost|costs|price|fee|charge|pay|cheap|expensive|free|bao nhiêu|phí|giá)\b/i,
    /\$\d|\bfree\b|\d ?%|\bno (?:fee|charge|cost)\b|miễn phí/i,
  ],
  [/\b(?:how many|how often|limit|maximum|minimum|at most|at least)\b/i, /\b\d+\b/],
  [/\b(?:where|address|street|ở đâu)\b/i, /\b\d+ [A-Z]\w+ (?:Lane|Street|Road|Avenue|Drive)\b|\bat the\b|\bin the\b/],
  [/\b(?:phone|call|ring|number|e-?mail|contact|reach)\b/i, /\+\d|@/],
]

/**
 * Chooses the sentences that answer a question from the passages that fit it, in reading order: the sentence that
 * fits best, and those beside it that fit nearly as well or are what it needs to be understood.
 * `fit` judges a text (0…1).
 */
export function compose(question: string, candidates: Candidate[], fit: (text: string) => number): Chosen[] {
  const rated = candidates.flatMap(({ passage, score }) => {
    const heading = fit(passage.heading)
    return passage.sentences.map((sentence, at): Chosen => {
      const own = fit(sentence)
      const shape = shapes.some(([asks, tells]) => asks.test(question) && tells.test(sentence)) ? 0.15 : 0
      const lead = at === 0 ? 0.08 : 0
      return { passage, at, sentence, score: own + 0.3 * heading + 0.35 * score + shape + lead }
    })
  })
  const best = rated.reduce<Chosen | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  if (!best) return []
  const ranked = rated.filter(({ score }) => score >= NEAR * best.score).sort((a, b) => b.score - a.score)
  const fromBest = ranked.filter(({ passage }) => passage === best.passage).slice(0, MOST)
  const elsewhere = ranked.filter(({ passage, score }) => passage !== best.passage && score >= 0.85 * best.score)
  const chosen = [...fromBest, ...elsewhere.slice(0, Math.max(1, MOST - fromBest.length))].slice(0, MOST)
  const order = candidates.map(({ passage }) => passage)
  return chosen.sort((a, b) => order.indexOf(a.passage) - order.indexOf(b.passage) || a.at - b.at)
}
