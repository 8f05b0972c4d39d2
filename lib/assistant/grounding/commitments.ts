import { fold } from '#lib/knowledge/words.ts'

/**
 * Words in which a company binds itself: money back, money off, cover, exceptions. In a visitor's file they may be true, or
 * written there for this desk to repeat; an assistant that quotes them seems to agree either way.
 */
const binding = new RegExp(
  [
    'refund|money back|reimburs|compensat|credit(?:ed)?\\b|discount|rebate|voucher|coupon|promo|\\bfree\\b|free of charge|no charge|complimentary|waive|\\boff\\b|goodwill',
    '\\bprices?\\b|\\bcosts?\\b|\\bfees?\\b|\\bsales?\\b|\\bfor sale\\b|gift card|\\bdeals?\\b|\\boffers?\\b|upgrade|\\bshops?\\b|\\bstores?\\b|\\bpreis|\\bgebuhr|\\bprix\\b|\\bprecio',
    'warrant|guarant|\\bcover(?:ed|s|age)?\\b|insur|replace|return|exchang|cancel|match',
    'promis|entitl|eligib|approv|authori[sz]|agree|commit|exception|honou?r|owe[ds]?\\b|liab|confirm',
    'erstatt|rabatt|gutschein|gutschrift|nachlass|kostenlos|gratis|garant|gewahr|umtausch|ruckgabe|ersatz|genehmig|zugesagt|storn',
    'rembours|remise|reduction|avoir\\b|gratuit|echange|retour|annul|dedommag',
    'reembols|devol|descuento|cupon|garanti|cambio|anul|compens',
    'hoan tien|giam gia|mien phi|bao hanh|doi tra|huy don|phieu|den bu',
  ].join('|'),
)

/** Somebody speaks for the company, or to the visitor: no plain statement about a document is said so. */
const voices =
  /\b(?:we|our|ours|us|i|my|you|your|yours|wir|unser\w*|sie|ihnen|ihr\w*|nous|notre|nos|vous|votre|nosotros|nuestr\w*|usted|chung toi|quy khach|ban)\b/

/** What leads somewhere: an address in a file is nobody's we know. */
const address = /https?:|www\.|\b[\w.+-]+@[\w-]+\.|\b[\w-]+\.(?:com|net|org|io|example|shop|info|biz|xyz|top|app)\b/i
const markup = /!\[|\]\(|<\/?[a-z][^>]*>|`/i

/**
 * Whether a sentence of a visitor's file is not for this desk to repeat, even as what the file says: it commits the company (`desk` is its
 * name), speaks in its name, or leads elsewhere.
 */
export function isUnrepeatable(sentence: string, desk: string): boolean {
  const plain = fold(sentence).replace(/\s+/g, ' ')
  const company = fold(desk).trim()
  const speaks =
    voices.test(plain) ||
    (company !== '' &&
      plain.includes(company) &&
      /\p{Ll} (?:is|are|will|has|have|does|can|may|must|gives?|pays?|sells?|offers?|ships?) /u.test(plain))
  return binding.test(plain) || speaks || address.test(sentence) || markup.test(sentence)
}
