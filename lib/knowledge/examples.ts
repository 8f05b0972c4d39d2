import type { Article, Passage } from './article.ts'
import type { Example } from './classifier.ts'
import { mapInSteps, type Steps } from './steps.ts'
import type { Analyzer } from './words.ts'

/** What a sentence or a synonym of an article weighs beside a question, as an example of what its topic sounds like. */
export const SAID = 0.5

/** What a message is judged by: its terms, its concepts and the pairs of its words. */
export function featuresOf({ words, terms }: { words: string[]; terms: string[] }, analyzer: Analyzer): string[] {
  const concepts = terms.flatMap((term) => [...analyzer.concepts(term).keys()])
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
  return [...new Set([...terms, ...concepts, ...pairs])]
}

/** What each article is asked and says, by its index. */
export function* articleExamples(articles: Article[], example: MakeExample): Steps<Example<number>[]> {
  const made = yield* mapInSteps(articles, ({ title, questions, synonyms, passages }, index) => [
    ...[title, ...questions, ...passages.flatMap((passage) => [passage.heading, ...passage.questions])].map(example(index, 1)),
    ...[...synonyms, ...passages.flatMap(({ sentences }) => sentences)].map(example(index, SAID)),
  ])
  return made.flat()
}

/** What each passage is asked and says, by its place. */
export function* passageExamples(places: Array<{ passage: Passage }>, example: MakeExample): Steps<Example<number>[]> {
  const made = yield* mapInSteps(places, ({ passage: { heading, questions, sentences } }, place) => [
    ...[heading, ...questions].map(example(place, 1)),
    ...sentences.map(example(place, SAID)),
  ])
  return made.flat()
}

type MakeExample = ReturnType<typeof exampleMaker>

export function exampleMaker(features: (text: string) => string[]) {
  return (label: number, weight: number) => (text: string) => ({ features: features(text), label, weight })
}
