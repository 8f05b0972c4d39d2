/** How visitors speak of a file that they have sent. */

const things = [
  'file|document|pdf|invoice|receipt|bill|attachment|picture|photo|image|screenshot|scan|letter|statement|quote|quotation|form|label',
  'datei|dokument|rechnung|quittung|beleg|anhang|bild|foto|schreiben|brief',
  'fichier|document|facture|reçu|image|photo|capture|lettre|pièce jointe',
  'archivo|documento|factura|recibo|imagen|foto|captura|carta|adjunto',
].join('|')
const pointing =
  'this|that|these|the|my|our|attached|above|diese[rsnm]?|de[rsnm]|die|das|meine[rnms]?|im|am|ce|cet|cette|le|la|mon|ma|este|esta|el|mi'
const names = [
  new RegExp(`(?<!\\p{L})(?:${pointing}) (?:\\p{L}+ )?(?:${things})(?!\\p{L})`, 'iu'),
  /\battach(?:ed|ment)\b|\bangehängt|\bci-joint|\badjunt[oa]\b/i,
  /(?:tệp|tài liệu|hóa đơn|ảnh|hình|biên lai)(?: đính kèm)?(?: này| của tôi| trên| đó)?/iu,
]

const thing = new RegExp(`^(?:${things})s?$`, 'iu')

/** Whether a word is one for files of a kind. */
export function isNameOfFile(word: string): boolean {
  return thing.test(word)
}

/** Whether a text speaks of a file that is there: "this invoice", "the attached photo". */
export function namesFile(text: string): boolean {
  return names.some((name) => name.test(text))
}

/** Whether a question says "this" or "it" of something. */
export function pointsAtIt(text: string): boolean {
  return /\b(?:it|its|this|that|these|those|dies\w*|ça|cela|ceci|est[eoa]s?)\b|(?:này|đó)(?!\p{L})/iu.test(text)
}

const summary =
  /\bsummar(?:y|i[sz]e)|\bsum (?:it|this|that) up\b|\bwhat (?:does|do) (?:it|this|that|the \w+|my \w+) say\b(?! about)|\bwhat(?:'s|’s| is) (?:in|on|this|that|it)\b(?! \w+ \w+ \w+)|\b(?:read|look at|check|have a look at) (?:it|this|that|the|my)\b|zusammenfass|fass[et]* .{0,30}zusammen|was steht (?:in|auf)|résume|que dit|resum[ei]|qué dice|tóm tắt|nói gì/i

/** Whether all of a file is asked for. */
export function wantsAll(text: string): boolean {
  return summary.test(text)
}

const announcement =
  /^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening))\W+)?(?:here(?:'s|’s| is| are| you (?:go|are))|this is|i(?:'ve|’ve| have)? (?:just )?(?:attached|sent|uploaded|added)|(?:please )?(?:see|find) attached|attached|hier (?:ist|sind)|anbei|voici|ci-joint|aquí (?:está|tiene)|adjunto|đây là)(?!\p{L})[^?]*$/iu

/** Whether a message only hands a file over. */
export function isHandingOver(text: string): boolean {
  return announcement.test(text) && text.length <= 120
}

const kinds = '(?:file|document|pdf|invoice|receipt|bill|letter|statement|quote|picture|photo|image|screenshot|form|label|attachment)'
const attributions = [
  new RegExp(
    `^(?:according to|as per|per|in|on|from) (?:your|the|this|that) (?:\\w+ )?${kinds}(?: (?:that )?you (?:sent|attached|uploaded))?,? `,
    'i',
  ),
  new RegExp(
    `^(?:your|the|this) (?:\\w+ )?${kinds} (?:says|states|shows|lists|mentions|indicates|reads|notes|gives|has)(?: that)?:? `,
    'i',
  ),
]

const ownFile = new RegExp(`\\byour\\b(?= (?:\\w+ )?${kinds}\\b)`, 'i')

/** A sentence without the words that say whose it is: the desk says that itself, above everything that a file says. */
export function withoutAttribution(sentence: string): string {
  const rest = attributions
    .reduce((text, pattern) => text.replace(pattern, ''), sentence)
    .replace(ownFile, (your) => (your === 'Your' ? 'The' : 'the'))
  return rest === sentence || rest === '' ? sentence : rest.charAt(0).toUpperCase() + rest.slice(1)
}
