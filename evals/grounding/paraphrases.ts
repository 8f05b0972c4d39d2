/** Ways to say a sentence of an article otherwise that change nothing. */
const rules: Array<(sentence: string) => string> = [
  (text) => text.replace(/^Harbor Computers does\b/, 'We do').replace(/^Harbor Computers (\w+?)s\b(?! of)/, 'We $1'),
  (text) => text.replaceAll('cannot', "can't").replaceAll(/\b(do|does|is|are) not\b/g, "$1n't"),
  (text) => text.replace(/^Customers\b/, 'You').replace(/^A customer\b/, 'You'),
  (text) => text.replaceAll(/\b(\d) to (\d+)\b/g, '$1–$2'),
  (text) =>
    text.replaceAll(
      /\b([2-9]|10|12|30)\b(?= (?:business days|days|hours|minutes|months|years|photos|units|items))/g,
      (digits) => spelled[digits] ?? digits,
    ),
  (text) =>
    text.replace(
      /^(.+?) (within \d+ [a-z ]*?(?:days?|hours?))\.$/,
      (_, rest: string, span: string) =>
        `${span.charAt(0).toUpperCase()}${span.slice(1)}, ${rest.charAt(0).toLowerCase()}${rest.slice(1)}.`,
    ),
  (text) =>
    text.replace(
      /^(.+?) (when [^,.]+)\.$/,
      (_, rest: string, when: string) =>
        `${when.charAt(0).toUpperCase()}${when.slice(1)}, ${rest.charAt(0).toLowerCase()}${rest.slice(1)}.`,
    ),
  (text) => text.replace(/ when /, ' if '),
  (text) => `**${text.split(' ').slice(0, 2).join(' ')}** ${text.split(' ').slice(2).join(' ')}`,
] // prettier-ignore

const spelled: Record<string, string> = {
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  10: 'ten',
  12: 'twelve',
  30: 'thirty',
}

/** Paraphrases of a sentence by rule, each by one of them. */
export function paraphrasesOf(sentence: string): string[] {
  return [...new Set(rules.map((rule) => rule(sentence)))].filter((said) => said !== sentence)
}
