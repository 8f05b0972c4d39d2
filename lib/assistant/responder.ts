import { questionsOf } from '#lib/knowledge/article.ts'
import { type Answering, type Asked, handOver, offerOf, smalltalk, unknown } from './conclusions.ts'
import { received } from './files/received.ts'
import { type ArticleDeps, fromArticles } from './from-articles.ts'
import { createIntentReader } from './intent.ts'
import { phrasesIn } from './phrases.ts'
import { understand } from './understand.ts'

/**
 * Answers the visitor: understands what is asked, finds what the articles say, lets a model say it, and
 * releases what the model says sentence by sentence, each with the passage it rests on. A sentence that rests on
 * none is not released. Every model is led the same way, the offline one included.
 */
export function createResponder(deps: ArticleDeps) {
  const articles = deps.knowledge.articles()
  const readIntent = createIntentReader(articles.flatMap(questionsOf), [...new Set(articles.map(({ language }) => language))])
  return async function* respond(context: Asked, signal: AbortSignal): Answering {
    const { questions, history, degraded } = context
    const language = deps.knowledge.languageOf(questions.at(-1)?.content ?? '')
    const say = phrasesIn(language)
    const offer = offerOf(history, say)
    if (degraded) return yield* unknown(say.unsure, offer, 0, ['two attempts at an answer failed'])
    if (questions.every(({ content }) => content.trim() === '')) {
      return yield* received((await deps.files?.readFor(context, signal)) ?? [], deps.deskName, { say, offer })
    }

    const meaning = understand(questions, history, readIntent)
    switch (meaning.intent) {
      case 'question':
      case 'chosen':
        return yield* fromArticles(deps, context, meaning, { say, offer }, signal)
      case 'person':
        return yield* handOver(say, offer, 'asked for a person')
      case 'accepted':
        return yield* handOver(say, offer, 'accepted the offer of a person')
      case 'declined':
        return yield* smalltalk(say.declined, 'declined the offer of a person')
      case 'noneOfThose':
        return yield* unknown(say.unsure, offer, 0, ['none of the topics offered'])
      case 'frustration':
        return yield* handOver(say, offer, 'the visitor is not content', say.sorry)
      case 'greeting':
        return yield* smalltalk(say.greeting(deps.deskName), 'a greeting', deps.knowledge.suggestions(language).slice(0, 3))
      case 'bot':
        return yield* smalltalk(say.bot(deps.deskName), 'asked who answers')
      default:
        return yield* smalltalk(say[meaning.intent], `said ${meaning.intent}`)
    }
  }
}
