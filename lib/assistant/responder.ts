import { questionsOf } from '#lib/knowledge/article.ts'
import type { Gateway } from '#lib/tools/ports.ts'
import { type Answering, type Asked, handOver, offerOf, smalltalk, unknown } from './conclusions.ts'
import { createDialogue, type DialogueContext, type Understood } from './dialogue/dialogue.ts'
import { filesOf } from './files/of-question.ts'
import { received } from './files/received.ts'
import { namesFile } from './files/wording.ts'
import { type ArticleDeps, fromArticles } from './from-articles.ts'
import { beyondArticles, fromShop } from './from-shop.ts'
import { createIntentReader } from './intent.ts'
import { phrasesIn } from './phrases.ts'
import { type Understanding, understand } from './understand.ts'

export interface ResponderDeps extends ArticleDeps {
  /** The way to the tools; without one there is no shop to speak of. */
  gateway?: Gateway
  now?: () => number
}

/**
 * Answers the visitor: understands what is asked, finds what the articles say or the shop's tools, lets a model say it, and
 * releases what the model says sentence by sentence, each with the passage it rests on. A sentence that rests on
 * none is not released. Every model is led the same way, the offline one included.
 */
export function createResponder(deps: ResponderDeps) {
  const articles = deps.knowledge.articles()
  const asked = articles.flatMap(questionsOf)
  const languages = [...new Set(articles.map(({ language }) => language))]
  const readIntent = createIntentReader(asked, languages)
  const { gateway, deskName, now = Date.now } = deps
  const dialogue = gateway && createDialogue({ gateway, asked, languages, deskName, now })

  return async function* respond(context: Asked, signal: AbortSignal): Answering {
    const { questions, history, degraded } = context
    const language = languageOf(context)
    const say = phrasesIn(language)
    const offer = offerOf(history, say)
    if (degraded) return yield* unknown(say.unsure, offer, 0, ['two attempts at an answer failed'])
    if (questions.every(({ content }) => content.trim() === '')) {
      return yield* received((await deps.files?.readFor(context, signal)) ?? [], deps.deskName, { say, offer })
    }

    const meaning = understand(questions, history, readIntent)
    if (dialogue?.isOpen() && isOfSession(context) && mayBeForShop(meaning) && !isOfFile(context, meaning)) {
      const understood = await dialogue.understand(context, meaning.intent === 'greeting', signal)
      if (understood && isForShop(meaning, understood)) {
        return yield* fromShop({ ...deps, dialogue }, context, meaning, understood, { say, offer, language }, signal)
      }
    }
    const ofShop = dialogue && isOfSession(context) ? { deps: { ...deps, dialogue }, context } : undefined
    const otherwise = ofShop && (() => beyondArticles(ofShop.deps, ofShop.context, meaning, { say, offer, language }, signal))
    switch (meaning.intent) {
      case 'question':
      case 'chosen':
        return yield* fromArticles(deps, context, meaning, { say, offer, otherwise }, signal)
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
        return yield* smalltalk(say.greeting(deskName), 'a greeting', deps.knowledge.suggestions(language).slice(0, 3))
      case 'bot':
        return yield* smalltalk(say.bot(deskName), 'asked who answers')
      default:
        return yield* smalltalk(say[meaning.intent], `said ${meaning.intent}`)
    }
  }

  /** The language of what was said last; credentials are in none, so what was said before them tells. */
  function languageOf({ questions, history }: Asked): string {
    const said = [...history.filter(({ role }) => role === 'visitor'), ...questions]
    const telling = dialogue ? said.findLast(({ sign_in, content }) => sign_in === undefined && /\p{L}{2}/u.test(content)) : undefined
    return deps.knowledge.languageOf((telling ?? questions.at(-1))?.content ?? '')
  }
}

/** Whether it is known for whom a tool would be called. */
function isOfSession(context: Asked): context is Asked & DialogueContext {
  const { session, turn } = context
  return session?.key !== undefined && session.approvals !== undefined && turn !== undefined
}

/** Whether something is asked of a file that was sent: what it says of an order or a price is not the shop's to tell. */
function isOfFile(context: Asked, { text }: Understanding): boolean {
  const isSentNow = context.questions.some(({ attachments }) => attachments?.length)
  return filesOf(context).length > 0 && (isSentNow || namesFile(text))
}

/** Answers to what the assistant offered last: the shop has no say in them. */
const replies: ReadonlySet<Understanding['intent']> = new Set(['accepted', 'chosen', 'noneOfThose'])
/** What is plainly something else, unless it plainly is a wish: "who am I" is near to "who are you", "log out" to a goodbye. */
const elsewhere: ReadonlySet<Understanding['intent']> = new Set(['bot', 'howAreYou', 'thanks', 'goodbye', 'declined'])
/** A person is wanted, or needed; but who is asked to approve something, and says yes or no, means that. */
const forPerson: ReadonlySet<Understanding['intent']> = new Set(['person', 'frustration'])
const PLAIN = 0.9

const mayBeForShop = ({ intent }: Understanding) => !replies.has(intent)

function isForShop({ intent }: Understanding, { event, wish, memory }: Understood): boolean {
  const isPlain = (wish?.certainty ?? 0) >= PLAIN
  if (forPerson.has(intent)) return memory.open !== undefined && isPlain
  return event !== undefined || isPlain || !elsewhere.has(intent)
}
