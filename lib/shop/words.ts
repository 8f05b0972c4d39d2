/** Text as the words that products are found by. */

const unit = '(gb|tb|hz|inch|in|watts?|w|ft|va|ports?|sheets?)'
const joined: Array<[RegExp, string]> = [
  [/(\d)\s*(?:"|”|″)/g, '$1inch'],
  // "27 inch", "27-inch" and "27in" are one word, as are "16 GB" and "144 Hz".
  [new RegExp(`(\\d)[ -]?${unit}\\b`, 'g'), '$1$2'],
  [/(\d)in\b/g, '$1inch'],
  [/(\d)watts?\b/g, '$1w'],
  // "Wi-Fi" and "USB-C".
  [/([a-z])-(?=[a-z])/g, '$1'],
  [/\b(wi) (fi)\b/g, '$1$2'],
  [/\b(usb) (c|a)\b/g, '$1$2'],
]
const emptyWords = new Set('a an and any for from i in is of or show some the to want with your'.split(' '))

/** The words of a text: in lower case, without plurals, numbers together with their units. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const together = joined.reduce((rest, [pattern, by]) => rest.replace(pattern, by), plain)
  return together
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => singular(word.replace(/^\.+|\.+$/g, '')))
    .filter((word) => word !== '' && !emptyWords.has(word))
}

/** Good enough for the nouns of a shop: the same is done to both sides, so it need not be a word. */
function singular(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}
