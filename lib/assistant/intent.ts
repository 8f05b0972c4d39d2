import { editDistance } from '#lib/knowledge/spelling.ts'
import { fold } from '#lib/knowledge/words.ts'

/** What a message is, as far as its words alone tell; everything that is nothing else is a question. */
export type Intent = 'greeting' | 'thanks' | 'goodbye' | 'bot' | 'howAreYou' | 'person' | 'yes' | 'no' | 'question'

export interface Reading {
  intent: Intent
  /** The message without a greeting before it or thanks after it. */
  rest: string
}

const greeting =
  /^(?:hi+|hello+|hey+|hiya|howdy|hallo|yo|greetings|good (?:morning|afternoon|evening|day)|xin chao|chao(?: ban| shop| ad| em| anh| chi)?|alo)(?: there| all| everyone| everybody| guys| team| again| you| mate| dear)*/
const greetingAlone = /^[\s,.!?~-]*(?:any(?:body|one) (?:home|here|there))?[\s,.!?~-]*$/
const thanks = /\b(?:thanks?|thank (?:you|u)|thx|ty|tysm|cheers|much appreciated|cam on|cam on ban)\b/
const goodbye =
  /^(?:ok(?:ay)?,? |well,? |thanks?,? )*(?:good ?bye|bye(?: bye)?|see (?:you|ya|u)(?: later| soon| around)?|cya|ciao|farewell|good ?night|have a (?:nice|good|great) (?:day|one|evening|weekend)|take care|tam biet|hen gap lai)\b/
const bot =
  /^(?:wait,? |so,? |but )*(?:(?:are|r|is) (?:you|u|this|that) (?:a |an |really |actually |just |some |some kind of )*(?:bot|robot|chatbot|machine|ai|computer|human|person|real|real person|real human|program)|am i (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:bot|robot|machine|human|person|ai|computer|real person)|(?:who|what) (?:are|r) (?:you|u)|whats? your name|ban la ai|ban la (?:robot|bot|may|nguoi))\b/
const howAreYou =
  /^(?:how (?:are|r) (?:you|u|ya)(?: doing| today| feeling)?|hows it going|how is it going|how do you do|whats up|sup|ban (?:co )?khoe khong)\W*$/
const yes =
  /^(?:yes|yeah|yep|yup|sure|ok|okay|please|please do|of course|absolutely|definitely|alright|all right|go ahead|do it|do that|why not|that would be (?:great|nice|good)|co|vang|da|duoc|dong y|uh)\b/
const no = /^(?:no|nope|nah|not now|never mind|nevermind|dont|do not|no need|khong|thoi)\b/

const people = [
  'human',
  'humans',
  'person',
  'people',
  'agent',
  'operator',
  'representative',
  'employee',
  'staff',
  'somebody',
  'someone',
  'colleague',
  'colleagues',
  'advisor',
  'adviser',
  'manager',
  'supervisor',
  'rep',
  'attendant',
  'consultant',
  'coworker',
  'being',
]
const contact = [
  'talk',
  'speak',
  'chat',
  'connect',
  'transfer',
  'reach',
  'contact',
  'handover',
  'forward',
  'redirect',
  'switch',
  'escalate',
]
const wish = ['need', 'want', 'wanna', 'prefer', 'get', 'give', 'call', 'ask', 'bring', 'fetch', 'find', 'real', 'live', 'actual']
const filler = new Set(
  'a an the to with of your ur you one some real live living actual please pls plz now me i is there can could would any member team service customer support sales human in charge here right just get'.split(
    ' ',
  ),
)
const vietnamesePerson =
  /\b(?:(?:gap|noi chuyen voi|chat voi|chuyen (?:toi |cho )?|ket noi (?:voi )?|can|cho (?:toi|minh|em) gap) ?(?:mot )?(?:nhan vien|nguoi that|con nguoi|tu van vien|tong dai vien|quan ly|ai do))\b/

const notMachine = /\b(?:not|no) (?:a |another |to a )?(?:machine|bot|robot|computer)\b/

/** Reads a message. */
export function readIntent(text: string): Reading {
  const plain = fold(text).replace(/['’]/g, '').replace(/\s+/g, ' ').trim()
  if (wantsPerson(plain)) return { intent: 'person', rest: text }
  const greeted = greeting.exec(plain)
  if (greeted) {
    const after = plain.slice(greeted[0].length)
    if (greetingAlone.test(after)) return { intent: 'greeting', rest: '' }
    const rest = afterGreeting(text, greeted[0])
    if (rest !== undefined && /^[\s,.!?:;–—-]/.test(after)) return readIntent(rest)
  }
  if (howAreYou.test(plain)) return { intent: 'howAreYou', rest: '' }
  if (bot.test(plain)) return { intent: 'bot', rest: '' }
  if (goodbye.test(plain)) return { intent: 'goodbye', rest: '' }
  const words = plain.split(' ').length
  if (thanks.test(plain) && words <= 8 && !plain.includes('?') && !/\b(?:how|what|when|where|can|do|does|is)\b/.test(plain)) {
    return { intent: 'thanks', rest: '' }
  }
  if (words <= 6 && no.test(plain)) return { intent: 'no', rest: text }
  if (words <= 6 && yes.test(plain) && !plain.includes('?')) return { intent: 'yes', rest: text }
  return { intent: 'question', rest: text }
}

/** What follows a greeting in the text as it was written. */
function afterGreeting(text: string, greeted: string): string | undefined {
  const count = greeted.split(' ').length
  const [, rest] = new RegExp(`^\\s*(?:\\S+\\s+){${count - 1}}\\S+?[\\s,.!?:;–—-]+(\\S[\\s\\S]*)$`).exec(text) ?? []
  return rest
}

/**
 * Whether the visitor wishes to talk to a person: someone to talk to, named near a word of contact or of wish,
 * or named alone. A misspelt letter does not matter; a person who is only mentioned is not asked for.
 */
function wantsPerson(plain: string): boolean {
  const words = plain.match(/\p{L}+/gu) ?? []
  if (vietnamesePerson.test(plain) || (notMachine.test(plain) && words.length <= 12)) return true
  const persons = words.flatMap((word, at) => (isOneOf(word, people) ? [at] : []))
  if (persons.length === 0) return false
  const alone = words.every((word, at) => persons.includes(at) || filler.has(word) || isOneOf(word, contact))
  if (alone && words.length <= 6 && !/^(?:is|are|does|do)\b/.test(plain)) return true
  const handedOver = /\b(?:hand|pass|put|patch|get|send|let) (?:me|us|this) (?:over|through|on|along|to|speak|talk|chat)\b/.test(plain)
  return persons.some((person) => {
    const before = words.slice(Math.max(0, person - 6), person)
    if (before.some((word) => isOneOf(word, contact))) return true
    if (handedOver) return true
    return (
      before.slice(-4).some((word) => wish.includes(word)) &&
      words.slice(person + 1).every((word) => filler.has(word) || isOneOf(word, contact))
    )
  })
}

function isOneOf(word: string, known: string[]): boolean {
  return known.some((other) => word === other || (other.length > 4 && word.length > 4 && editDistance(word, other, 1) <= 1))
}
