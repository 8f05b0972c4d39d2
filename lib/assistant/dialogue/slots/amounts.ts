import { fold } from '#lib/knowledge/words.ts'

/** How many of something, and which one of several. */

const numbers: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  couple: 2,
  pair: 2,
  dozen: 12,
  both: 2,
  ein: 1,
  eine: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  funf: 5,
  sechs: 6,
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  una: 1,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  nam: 5,
} // prettier-ignore
const word = Object.keys(numbers).join('|')
const count = `(-?\\d+(?:[.,]\\d+)?(?:e\\d+)?|${word})`
const units = '(?:units?|pieces?|pcs?|stuck|stk|unites?|unidades?|chiec|cai|bo|of|of the|of these|of those|x|×|\\*|times)'
const before = new RegExp(`(?<![\\p{L}\\p{N}-])${count}\\s*(?:${units}\\s*)*(?:of\\s*)?(?:the\\s*)?$`, 'u')
const after = new RegExp(`^\\s*(?:[,:(]\\s*)?(?:x|×|\\*|qty:?|quantity:?)\\s*${count}|^\\s*[(]\\s*${count}\\s*[)]`, 'u')
const alone = new RegExp(`(?<![\\p{L}\\p{N}-])${count}\\s*(?:${units}|(?:of )?(?:it|them|those|these))(?![\\p{L}])`, 'u')
const change = new RegExp(
  `(?:make (?:it|that)|change (?:it|that)? ?to|i (?:want|need|'ll take)|take|order|buy|only|just)\\s+${count}(?![\\p{L}\\p{N}.-]|\\s?(?:inch|gb))`,
  'u',
) // prettier-ignore

/** How many of what is named at a place in a text; 1 when nothing says so, undefined when what is said is no number of things. */
export function quantityAt(text: string, at: number, length: number): number | undefined {
  const plain = unaccented(text)
  const [, said] = before.exec(plain.slice(0, at)) ?? []
  const [, times, bracketed] = after.exec(plain.slice(at + length)) ?? []
  return asQuantity(times ?? bracketed ?? said ?? '1')
}

/** How many, in a text that names no product; undefined when it does not say. */
export function quantityIn(text: string): number | undefined {
  const plain = unaccented(text)
  const [, said] = alone.exec(plain) ?? change.exec(plain) ?? []
  return said === undefined ? undefined : asQuantity(said)
}

function asQuantity(said: string): number | undefined {
  const value = numbers[said] ?? Number(said.replace(',', '.'))
  return Number.isInteger(value) && value > 0 ? value : undefined
}

/** Folded letter by letter, so that places stay what they are. */
function unaccented(text: string): string {
  return [...text].map((char) => (char.length === 1 ? (fold(char)[0] ?? ' ') : '  ')).join('')
}

const places: Array<[RegExp, number]> = [
  [/\b(?:first|1st|number one|erste[nrs]?|premier|premiere|primer[oa]?|dau tien|thu nhat)\b|(?:#|no\.? ?|number |option )1\b/, 0],
  [/\b(?:second|2nd|number two|zweite[nrs]?|deuxieme|second|segund[oa]|thu hai)\b|(?:#|no\.? ?|number |option )2\b/, 1],
  [/\b(?:third|3rd|number three|dritte[nrs]?|troisieme|tercer[oa]?|thu ba)\b|(?:#|no\.? ?|number |option )3\b/, 2],
  [/\b(?:fourth|4th|vierte[nrs]?|quatrieme|cuart[oa]|thu tu)\b|(?:#|no\.? ?|number |option )4\b/, 3],
  [/\b(?:fifth|5th|funfte[nrs]?|cinquieme|quint[oa]|thu nam)\b|(?:#|no\.? ?|number |option )5\b/, 4],
  [/\b(?:sixth|6th)\b|(?:#|no\.? ?|number |option )6\b/, 5],
  [/\b(?:last|letzte[nrs]?|dernier|derniere|ultim[oa]|cuoi cung)(?: one)?\b/, -1],
]

/** The places in a list that a text points to, in its order. */
export function placesIn(text: string): number[] {
  const plain = fold(text)
  const found = places.flatMap(([pattern, place]) => {
    const at = plain.search(pattern)
    return at < 0 ? [] : [{ at, place }]
  })
  return found.sort((a, b) => a.at - b.at).map(({ place }) => place)
}

const pointing =
  /\b(?:it|its|that|this|that one|this one|these|those|them|the one|both|cheaper one|es|ihn|sie|diese[nrsm]?|das|le|la|celui-ci|celle-ci|ce|este|esta|ese|esa|lo|no|cai do|cai nay|san pham nay)\b/

/** Whether a text points to what was spoken of. */
export function pointsBack(text: string): boolean {
  return pointing.test(fold(text))
}
