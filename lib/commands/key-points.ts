import { sentencesOf } from '#lib/knowledge/sentences.ts'
import { analyzerFor, stopWordsIn } from '#lib/knowledge/words.ts'

/** Sentences and phrases that are given, at most. */
const POINTS = 3
const PHRASES = 5
/** Words of a phrase, at most. */
const PHRASE = 4

/** The sentences of a text that say most of what it says, in their order: those whose words come back most often. */
export function keyPoints(text: string, language: string): string[] {
  const { terms } = analyzerFor(language)
  const sentences = sentencesOf(text)
  const bags = sentences.map((sentence) => [...new Set(terms(sentence))])
  const counts = new Map<string, number>()
  for (const bag of bags) for (const term of bag) counts.set(term, (counts.get(term) ?? 0) + 1)
  const rated = bags.map((bag, at) => ({
    at,
    score: bag.reduce((sum, term) => sum + (counts.get(term) ?? 0), 0) / Math.sqrt(bag.length + 1),
  }))
  const best = rated.sort((a, b) => b.score - a.score || a.at - b.at).slice(0, POINTS)
  return best.sort((a, b) => a.at - b.at).map(({ at }) => sentences[at] as string)
}

/**
 * The phrases that a text is about: runs of words between function words and punctuation, rated by how many words
 * theirs stand together with (RAKE, Rose et al. 2010).
 */
export function keyPhrases(text: string, language: string): string[] {
  const stopWords = new Set(stopWordsIn(language).flatMap((word) => word.toLowerCase().split(/\s+/)))
  const phrases = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}\s'’-]+/u)
    .flatMap((piece) => runs(piece.split(/\s+/), (word) => word === '' || stopWords.has(word.replaceAll('’', "'"))))
    .filter((phrase) => phrase.length <= PHRASE && phrase.some((word) => word.length > 2))
  const frequency = new Map<string, number>()
  const degree = new Map<string, number>()
  for (const phrase of phrases) {
    for (const word of phrase) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1)
      degree.set(word, (degree.get(word) ?? 0) + phrase.length)
    }
  }
  const score = (phrase: string[]) => phrase.reduce((sum, word) => sum + (degree.get(word) ?? 0) / (frequency.get(word) ?? 1), 0)
  const distinct = new Map(phrases.map((phrase) => [phrase.join(' '), score(phrase)]))
  const best = [...distinct].sort(([, a], [, b]) => b - a)
  return best.slice(0, PHRASES).map(([phrase]) => phrase)
}

/** The longest runs of words none of which ends one. */
function runs(words: string[], isEnd: (word: string) => boolean): string[][] {
  const found: string[][] = [[]]
  for (const word of words) {
    if (isEnd(word)) found.push([])
    else found.at(-1)?.push(word)
  }
  return found.filter((run) => run.length > 0)
}
