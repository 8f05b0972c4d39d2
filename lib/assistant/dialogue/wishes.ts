import { readFileSync } from 'node:fs'
import { backgroundIn } from '#lib/knowledge/background.ts'
import { createClassifier, type Example } from '#lib/knowledge/classifier.ts'
import { createSpelling } from '#lib/knowledge/spelling.ts'
import { analyzerFor, stopWordsIn } from '#lib/knowledge/words.ts'
import { featuresOf } from '../intent.ts'
import { kindIn } from './slots/products.ts'
import { maskedOf, type NamesIn, type Slots, slotsIn } from './slots.ts'

/** What a visitor may want of the shop. */
export const wishNames = [
  'browse',
  'product',
  'compare',
  'order',
  'orders',
  'status',
  'cancel',
  'whoAmI',
  'signIn',
  'signOut',
  'decline',
  'confirm',
] as const // prettier-ignore
export type WishName = (typeof wishNames)[number]

export interface Wish extends Slots {
  name: WishName
  /** How likely it is this wish rather than another one or none (0…1). */
  certainty: number
  /** Words that say more of what is looked for: "curved", "wireless". */
  describing: string[]
}

/** The languages with example sentences. */
const spoken = ['de', 'en', 'es', 'fr', 'vi']
/** From this likelihood on a wish is one, and the share of its words that must be known from examples of it. */
const CERTAIN = 0.7
const FAMILIAR = 0.6
/** A wish is said in so many words, at most: what is longer tells a story, and asks something about it. */
const LONGEST = 22
/** How likely it is no wish, where it points to something that was spoken of. */
const POINTING = 0.02
/** What a question of an article, and what a message of the background counts beside an example. */
const ASKED = 0.3
const ELSEWHERE = 0.5

type Label = WishName | 'none'

/**
 * Makes a reader of wishes, learnt from the example sentences beside this file. Products, prices, orders and the like are masked
 * in them and in what is read, so that one example stands for every product. `asked` are questions that articles answer: they are
 * examples of what is no wish.
 */
export function createWishReader(asked: string[], languages: readonly string[] = spoken) {
  const own = spoken.filter((language) => language === 'en' || languages.some((tag) => tag.startsWith(language)))
  const lines = own.flatMap(readExamples)
  const others = [
    ...asked.map((text) => ({ text, weight: ASKED })),
    ...own.flatMap((language) => backgroundIn(language).messages.map((text) => ({ text, weight: ELSEWHERE }))),
  ].map(({ text, weight }) => ({ text, words: wordsOf(maskedOf(text)), weight }))
  const examples = [
    ...lines.map(({ name, words }): Example<Label> => ({ features: featuresOf(words), label: name, weight: 1 })),
    ...others.map(({ words, weight }): Example<Label> => ({ features: featuresOf(words), label: 'none', weight })),
  ]
  const likelihoods = createClassifier(examples)
  const vocabulary = new Map(
    wishNames.map((name) => [name, new Set(lines.filter((line) => line.name === name).flatMap(({ words }) => words))]),
  )
  const functionWords = new Set(own.flatMap(stopWordsIn).flatMap(wordsOf))
  const correct = createCorrection(
    lines.map(({ raw }) => raw),
    others.flatMap(({ words }) => words),
  )

  const common = new Set([...others, ...lines.map(({ raw }) => ({ text: raw }))].flatMap(({ text }) => wordsOf(text)))

  /**
   * The wish in a message; undefined when there is none. `isSpokenOf`: products or orders were, so what points back points to them.
   */
  function readWish(text: string, namesIn: NamesIn = () => [], isSpokenOf = false): Wish | undefined {
    const plain = correct(text, namesIn)
    const slots = slotsIn(plain, namesIn)
    const words = wordsOf(maskedOf(plain, namesIn))
    if (words.length === 0 || words.length > LONGEST) return undefined
    const likely = likelihoods(featuresOf(words))
    if (isSpokenOf && (slots.pointsBack || slots.places.length > 0)) likely.set('none', (likely.get('none') ?? 0) * POINTING)
    const total = [...likely.values()].reduce((sum, one) => sum + one, 0)
    const [name, most] = [...likely].reduce((best, one) => (one[1] > best[1] ? one : best), ['none' as Label, 0])
    const certainty = most / total
    if (name !== 'none' && certainty >= CERTAIN && isFamiliar(words, vocabulary.get(name))) {
      return { ...slots, name, certainty, describing: describing(words, name) }
    }
    // A product by itself is a wish to see it.
    const products = slots.skus.length + slots.names.length
    return products > 0 && words.length <= products + 1 ? { ...slots, name: 'product', certainty: 1, describing: [] } : undefined
  }

  /** The words that neither the wish is said in nor stand for something that was masked. */
  function describing(words: string[], name: WishName): string[] {
    return words.filter((word) => !vocabulary.get(name)?.has(word) && !functionWords.has(word) && !/slot$/.test(word) && word.length > 2)
  }

  function isFamiliar(words: string[], known: ReadonlySet<string> = new Set()): boolean {
    const familiar = words.filter((word) => known.has(word))
    const says = familiar.some((word) => !functionWords.has(word)) || !words.some((word) => !functionWords.has(word))
    return familiar.length >= FAMILIAR * words.length && says
  }

  return {
    readWish,
    /** Whether people use a word who speak of something else than products. */
    isCommon: (word: string) => common.has(word) || kindIn(word) !== undefined,
  }
}

const wordsOf = (text: string) => analyzerFor('en').words(text)

interface Line {
  name: WishName
  raw: string
  words: string[]
}

/** `examples/<language>.txt`: example sentences, one a line, under the name of their wish. */
function readExamples(language: string): Line[] {
  let name: WishName = 'browse'
  return readFileSync(new URL(`examples/${language}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const heading = wishNames.find((one) => line === `# ${one}`)
      if (heading) name = heading
      return heading || line.trim() === '' ? [] : [{ name, raw: line, words: wordsOf(maskedOf(line)) }]
    })
}

/** Spells right what is nearly a word of the examples and no word that anybody asks with. */
function createCorrection(lines: string[], asked: string[]) {
  const counts = new Map<string, number>()
  for (const word of lines.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const known = new Set([...counts.keys(), ...asked, ...analyzerFor('en').vocabulary])
  const nearest = createSpelling(counts)
  return (text: string, namesIn: NamesIn) =>
    text.replace(/(?<![\p{L}\p{N}@.-])\p{L}{4,}(?![\p{L}\p{N}@-])/gu, (word) => {
      const [plain = '', ...more] = wordsOf(word)
      return more.length > 0 || known.has(plain) || namesIn(word).length > 0 ? word : (nearest(plain) ?? word)
    })
}
