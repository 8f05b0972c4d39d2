import { readFileSync } from 'node:fs'
import { backgroundIn } from '#lib/knowledge/background.ts'
import { createClassifier, type Example } from '#lib/knowledge/classifier.ts'
import { createSpelling } from '#lib/knowledge/spelling.ts'
import { analyzerFor, stopWordsIn } from '#lib/knowledge/words.ts'

/** What a message is, as far as its words alone tell; everything that is nothing else is a question. */
export const intents = ['person', 'frustration', 'bot', 'howAreYou', 'goodbye', 'thanks', 'greeting', 'question'] as const
export type Intent = (typeof intents)[number]

export interface Reading {
  /** `declined`: it says that no person is wanted. */
  intent: Intent | 'declined'
  /** The message without a greeting before it or thanks after it. */
  rest: string
}

/** How many words an intent may take, and how likely it must be: a wish for a person may be long. */
const wish = { longest: 25, certain: 0.8 }
const courtesy = { longest: 9, certain: 0.5 }
/** The share of its words that must be known from examples of the intent. */
const FAMILIAR = 0.6
/** What a question of an article, and what a message of the background counts beside a line of `intents/`. */
const ASKED = 0.3
const ELSEWHERE = 0.5
/** What may be taken off before a question and after it. */
const before: Intent[] = ['greeting', 'thanks', 'howAreYou']
const after: Intent[] = ['greeting', 'thanks', 'goodbye']

/** The languages with example sentences. */
const spoken = ['de', 'en', 'es', 'fr', 'vi']

export type IntentReader = (text: string) => Reading

/**
 * Makes a reader of messages; `asked` are questions that articles answer, so that they are not taken for something
 * else. It knows English and what it has examples for of the `languages` (tags) of the articles.
 */
export function createIntentReader(asked: string[], languages: readonly string[] = spoken): IntentReader {
  const judge = createJudge(asked, languages)

  /** What its clauses are, one by one, and what is left when courtesies are taken off its ends. */
  return function readIntent(text) {
    const said = clausesOf(text)
    const clauses = said.filter((clause) => !declinesPerson(clause))
    const read = clauses.map((clause) => (clauses.length < said.length && isBareReply(clause) ? 'thanks' : judge(wordsOf(clause))))
    if (clauses.length < said.length && !read.includes('question') && !read.includes('person')) return { intent: 'declined', rest: '' }
    if (read.includes('person') || judge(wordsOf(clauses.join(''))) === 'person') return { intent: 'person', rest: text }
    if (!read.includes('question')) return { intent: intents.find((intent) => read.includes(intent)) ?? 'greeting', rest: '' }
    const first = read.findIndex((intent) => !before.includes(intent))
    const last = read.findLastIndex((intent) => !after.includes(intent))
    return {
      intent: 'question',
      rest:
        clauses
          .slice(first, last + 1)
          .join('')
          .trim() || text,
    }
  }
}

/** That no person is wanted is said in the words of a wish for one, so it cannot be told by counting them. */
const somebody =
  '(?:(?:a|an|any|another|real|living|human|your) )*(?:person|people|humans?|agents?|someone|somebody|anyone|anybody|staff|representative|employee|colleagues?|operator|team)'
const contact = '(?:be )?(?:speak|talk|chat|connected|transferred|passed on|put through)(?: to| with)?'
const wants = '(?:(?:do|would) not|never|would rather not|(?:would )?prefer not to)(?: really)?(?: (?:want|need|wish|like|care))?(?: to)?'
const declines = [
  new RegExp(`^(?:\\w+ ){0,2}i (?:really )?${wants}(?: ${contact})? ${somebody}(?: \\w+){0,2}$`),
  new RegExp(`^(?:\\w+ )?(?:do not|no need to) (?:connect|transfer|pass|put|hand|forward|speak|talk)\\b.* ${somebody}$`),
  new RegExp(`^(?:no|not|without|no need for) ${somebody}(?: please| thanks| thank you)?$`),
]

const yes =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|please|please do|of course|absolutely|definitely|alright|all right|ja|gerne|bitte|oui|si|claro|go ahead|do it|do that|why not|that would be (?:great|nice|good)|co|vang|da|duoc|dong y|uh)\b/
const no = /^(?:no|nope|nah|not now|never mind|nevermind|dont|do not|no need|khong|thoi|nein|lieber nicht|non)\b/
const bare = /^(?:(?:yes|yeah|yep|yup|sure|ok|okay|of course|alright)(?: please)?|please|(?:no|nope|nah)(?: please| thanks| thank you)?)$/
const LONGEST_REPLY = 6

/** Whether a message is nothing but a yes or a no, with the courtesy that goes with it. */
export function isBareReply(text: string): boolean {
  return bare.test(wordsOf(text).join(' '))
}

function declinesPerson(clause: string): boolean {
  const said = wordsOf(clause).join(' ')
  return declines.some((form) => form.test(said))
}

/** What a message is as a reply to an offer. */
export function readReply(text: string): 'yes' | 'no' | undefined {
  const plain = wordsOf(text)
  if (plain.length > LONGEST_REPLY) return undefined
  if (no.test(plain.join(' '))) return 'no'
  return yes.test(plain.join(' ')) && !text.includes('?') ? 'yes' : undefined
}

/** English contractions and short forms are written out ("pls", "I'd"); other languages have none of them. */
const wordsOf = (text: string) => analyzerFor('en').words(text)

/** A message cut after its punctuation; each clause keeps what follows it. */
function clausesOf(text: string): string[] {
  return text.match(/[^.,;!?\n–—]+(?:[.,;!?\n–—]+\s*|$)/g)?.filter((clause) => /[\p{L}\p{N}]/u.test(clause)) ?? []
}

/** Learns the intents from the example sentences beside this file, and what a question is from those and the background. */
function createJudge(asked: string[], languages: readonly string[]): (words: string[]) => Intent {
  const own = spoken.filter((language) => language === 'en' || languages.some((tag) => tag.startsWith(language)))
  const lines = own.flatMap(readExamples)
  const functionWords = new Set(own.flatMap(stopWordsIn).flatMap(wordsOf))
  const hasContent = (word: string) => !functionWords.has(word)
  const question = (weight: number) => (text: string) => ({ intent: 'question' as const, words: wordsOf(text), weight })
  const questions = [...asked.map(question(ASKED)), ...own.flatMap((language) => backgroundIn(language).messages).map(question(ELSEWHERE))]
  const examples = [...lines, ...questions].map(
    ({ intent, words, weight }): Example<Intent> => ({ features: featuresOf(words), label: intent, weight }),
  )
  const probabilities = createClassifier(examples)
  const vocabulary = new Map(
    intents.map((intent) => [intent, new Set(lines.filter((line) => line.intent === intent).flatMap(({ words }) => words))]),
  )
  const known = new Map([...analyzerFor('en').vocabulary, ...questions.flatMap(({ words }) => words)].map((word) => [word, 0]))
  for (const { words } of lines) for (const word of words) known.set(word, (known.get(word) ?? 0) + 1)
  const correct = createSpelling(known)

  return (written) => {
    // A clause of one unknown word may be any word: it is not taken for a misspelt one.
    const words = written.map((word) => (known.has(word) || written.length === 1 ? word : (correct(word) ?? word)))
    const likely = probabilities(featuresOf(words))
    return (
      intents.find((intent) => {
        const { longest, certain } = intent === 'person' ? wish : courtesy
        const said = vocabulary.get(intent) ?? new Set()
        const familiar = words.filter((word) => said.has(word))
        // Not by its function words alone: "is there anything on top" has all of them from wishes for a person.
        const says = familiar.some(hasContent) || !words.some(hasContent)
        return words.length <= longest && (likely.get(intent) ?? 0) > certain && familiar.length >= FAMILIAR * words.length && says
      }) ?? 'question'
    )
  }
}

interface Line {
  intent: Intent
  words: string[]
  weight: number
}

/** `intents/<language>.txt`: example sentences, one a line, under the name of their intent. */
function readExamples(language: string): Line[] {
  let intent: Intent = 'question'
  return readFileSync(new URL(`intents/${language}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const name = intents.find((one) => line === `# ${one}`)
      if (name) intent = name
      return name || line.trim() === '' ? [] : [{ intent, words: wordsOf(line), weight: 1 }]
    })
}

/** Words, and two and three of them in a row, with where the message begins and ends. */
export function featuresOf(words: string[]): string[] {
  const marked = ['^', ...words, '$']
  const pairs = marked.slice(1).map((word, at) => `${marked[at]} ${word}`)
  const triples = marked.slice(2).map((word, at) => `${marked[at]} ${marked[at + 1]} ${word}`)
  return [...words, ...pairs, ...triples]
}
