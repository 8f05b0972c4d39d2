import { readFileSync } from 'node:fs'
import { fold } from '#lib/knowledge/words.ts'

/** How a text feels: `score` from -1 to 1. */
export interface Sentiment {
  sentiment: 'positive' | 'negative' | 'neutral' | 'mixed'
  score: number
}

interface Lexicon {
  weights: Map<string, number>
  negations: Set<string>
  strengthening: Set<string>
  weakening: Set<string>
}

/** Words that a negation reaches forward, and what it leaves of a word's weight, on the other side. */
const REACH = 3
const NEGATED = -0.7
const STRONGER = 1.4
const WEAKER = 0.6
/** The sum becomes a score as in VADER (Hutto and Gilbert 2014): s / √(s² + 15), neutral within 0.05 of 0. */
const ALPHA = 15
const NEUTRAL = 0.05
/** A text is mixed when its weaker side has at least this share of the stronger one. */
const MIXED = 0.6

const spoken = ['en', 'de', 'es', 'fr', 'vi']

/** Judges by the words that people are pleased or angry with (`sentiment/<language>.txt`). Reads the lists once, when it is made. */
export function createSentiment(): (text: string, language: string) => Sentiment {
  const lexicons = new Map(spoken.map((language) => [language, readLexicon(language)]))
  return (text, language) => {
    const lexicon = lexicons.get(language.slice(0, 2)) ?? (lexicons.get('en') as Lexicon)
    const weights = weigh(wordsOf(text), lexicon)
    const [good, bad] = [weights.filter((weight) => weight > 0), weights.filter((weight) => weight < 0)].map(sum) as [number, number]
    const score = Math.round(((good + bad) / Math.sqrt((good + bad) ** 2 + ALPHA)) * 100) / 100
    if (good > 0 && bad < 0 && Math.min(good, -bad) >= MIXED * Math.max(good, -bad)) return { sentiment: 'mixed', score }
    return { sentiment: score >= NEUTRAL ? 'positive' : score <= -NEUTRAL ? 'negative' : 'neutral', score }
  }
}

/** The weights of the words that have one, after what stands before them. */
function weigh(words: string[], lexicon: Lexicon): number[] {
  return words.flatMap((word, at) => {
    // Vietnamese words are of two syllables as a rule.
    const pair = `${word} ${words[at + 1] ?? ''}`
    const own = lexicon.weights.get(pair) ?? lexicon.weights.get(word)
    if (own === undefined || lexicon.weights.has(`${words[at - 1]} ${word}`)) return []
    const before = words.slice(Math.max(0, at - REACH), at)
    const negated = before.some((other) => lexicon.negations.has(other) || other.endsWith("n't"))
    const last = words[at - 1] ?? ''
    const strength = lexicon.strengthening.has(last) ? STRONGER : lexicon.weakening.has(last) ? WEAKER : 1
    return [own * strength * (negated ? NEGATED : 1)]
  })
}

function wordsOf(text: string): string[] {
  return fold(text.replaceAll('’', "'")).match(/\p{L}+(?:'\p{L}+)*/gu) ?? []
}

function sum(weights: number[]): number {
  return weights.reduce((a, b) => a + b, 0)
}

/** Lines of a weight from -3 to 3, or `not`, `very`, `slightly`, and the words that it goes with, separated by commas. */
function readLexicon(language: string): Lexicon {
  const lexicon: Lexicon = { weights: new Map(), negations: new Set(), strengthening: new Set(), weakening: new Set() }
  const kinds: Record<string, Set<string>> = { not: lexicon.negations, very: lexicon.strengthening, slightly: lexicon.weakening }
  for (const line of readFileSync(new URL(`sentiment/${language}.txt`, import.meta.url), 'utf8').split('\n')) {
    const [, kind = '', list = ''] = /^(\S+):\s*(.+)$/.exec(line) ?? []
    for (const word of list.split(',').map((part) => fold(part.trim()))) {
      if (kinds[kind]) kinds[kind].add(word)
      else if (word !== '') lexicon.weights.set(word, Number(kind))
    }
  }
  return lexicon
}
