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

/** Sentences of one answer to one question, at most; steps are given all, up to so many. */
const MOST = 3
const MOST_STEPS = 6
/** A sentence stays in when it fits at least this share of the best one's fit; one of another passage must fit nearly as well. */
const NEAR = 0.6
const NEAR_ELSEWHERE = 0.85
/** What counts beside how well a sentence fits by itself. */
const HEADING = 0.3
const PASSAGE = 0.35
const SHAPE = 0.2
const LEAD = 0.13
/** What a sentence loses that speaks of other days than the one asked about. */
const OTHER_DAY = 0.4
/** What a sentence loses that tells an exception, when the question asks neither for one nor whether something is so. */
const EXCEPTION = 0.1
const excepts = /\b(?:not|cannot|never|even|only)\b/i
const asksWhether =
  /\b(?:not|cannot|never|only|without|except)\b|n't\b|(?:^|[.,;!?\n]\s*|\b(?:and|but|or|so) )(?:is|are|am|do|does|did|can|could|may|will|would|should|has|have)\b/i

/** What the question asks for, and what the sentence that tells it looks like. */
const shapes: Array<[asks: RegExp, tells: RegExp]> = [
  [
    /\b(?:how long|how many days|how soon|when|how fast|how late|what time|until|deadline|bao lâu|mấy ngày|khi nào)\b/i,
    /\b\d+(?::\d+)?(?: to \d+)?(?: business)? ?(?:days?|hours?|weeks?|months?|years?|minutes?|am|pm|ngày|giờ|tuần|tháng)\b|\b(?:january|december|same day|at once)\b/i,
  ],
  [
    /\b(?:how much|cost|costs|price|fee|charge|pay|cheap|expensive|free|discount|interest|bao nhiêu|phí|giá)\b/i,
    /\$\d|\bfree\b|\d ?%|\bno (?:fee|charge|cost)\b|miễn phí/i,
  ],
  [/\b(?:how many|how often|limit|maximum|minimum|at most|at least)\b/i, /\b\d+\b/],
  [/\b(?:where|address|street|ở đâu)\b/i, /\b\d+ [A-Z]\w+ (?:Lane|Street|Road|Avenue|Drive)\b|\bat the\b|\bin the\b/],
  [/\b(?:mean|means|what is an?|what are)\b/i, /^(?:An? )?\S+ (?:\S+ ){0,3}(?:is|are|has been|means) /],
  [/\b(?:phone|call|ring|number|e-?mail|contact|reach)\b/i, /\+\d|@/],
]

/**
 * Chooses the sentences that answer a question from the passages that fit it: first the one that fits best, so that
 * the answer begins with what was asked, then those that fit nearly as well, in reading order. Steps are given
 * together and in order. `fit` judges a text (0…1).
 */
export function compose(question: string, candidates: Candidate[], fit: (text: string) => number): Chosen[] {
  const rated = candidates.flatMap(({ passage, score }) => {
    const heading = fit(passage.heading)
    return passage.sentences.map((sentence, at): Chosen => {
      const shape = shapes.some(([asks, tells]) => asks.test(question) && tells.test(sentence)) ? SHAPE : 0
      const lead = at === 0 ? LEAD : 0
      const other = isOfAnotherDay(sentence, question) ? OTHER_DAY : 0
      const exception = excepts.test(sentence) && !asksWhether.test(question) ? EXCEPTION : 0
      return { passage, at, sentence, score: fit(sentence) + HEADING * heading + PASSAGE * score + shape + lead - other - exception }
    })
  })
  const whole = rated.filter(({ sentence }) => isSentence(sentence))
  const best = (whole.length > 0 ? whole : rated).reduce<Chosen | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  if (!best) return []
  if (hasSteps(best.passage)) return whole.filter(({ passage }) => passage === best.passage).slice(0, MOST_STEPS)
  const others = whole.filter((one) => one !== best && one.score >= (one.passage === best.passage ? NEAR : NEAR_ELSEWHERE) * best.score)
  const chosen = others.sort((a, b) => b.score - a.score).slice(0, MOST - 1)
  const order = candidates.map(({ passage }) => passage)
  return [best, ...chosen.sort((a, b) => order.indexOf(a.passage) - order.indexOf(b.passage) || a.at - b.at)]
}

/** What ends like a sentence can be quoted alone. */
function isSentence(text: string): boolean {
  return /[.!?…。]["”')]*$/.test(text)
}

const manyDays = /day (?:to|through)\b|–|daily/
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

function isOfAnotherDay(sentence: string, question: string): boolean {
  const asked = days.filter((day) => question.toLowerCase().includes(day))
  const said = days.filter((day) => sentence.toLowerCase().includes(day))
  return asked.length > 0 && said.length > 0 && !asked.some((day) => said.includes(day)) && !manyDays.test(sentence)
}

function hasSteps({ text }: Passage): boolean {
  return /^\s*1[.)] /m.test(text)
}
