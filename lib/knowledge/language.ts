import { analyzerFor, fold, languages as spoken, stopWordsIn } from './words.ts'

/** Letters that Vietnamese has and other languages in Latin script do not: horned vowels, and vowels with two marks. */
const vietnameseLetters = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i

const functionWords = new Map(
  spoken.map((language) => {
    const words = stopWordsIn(language).flatMap((word) => fold(word).split(/\s+/))
    // Without accents some Vietnamese ones look like English words ("no", "do", "may"): those tell nothing.
    const telling = words.filter((word) => language !== 'vi' || (word.length > 2 && !analyzerFor('en').vocabulary.has(word)))
    return [language, new Set(telling)]
  }),
)

/** The language that a whole article is written in: of those the desk has a lexicon of, the one whose function words it has most of. */
export function languageOfArticle(text: string, fallback: string): string {
  return mostFunctionWords(text, spoken, fallback)
}

/**
 * The language of a text among those the desk has articles in: by letters where they decide, else by whose
 * function words it has more of. `fallback` when nothing speaks for one of them.
 */
export function languageOf(text: string, languages: readonly string[], fallback: string): string {
  return vietnameseLetters.test(text) ? 'vi' : mostFunctionWords(text, languages, fallback)
}

function mostFunctionWords(text: string, languages: readonly string[], fallback: string): string {
  const words = fold(text).match(/\p{L}+/gu) ?? []
  const counts = languages.map((language) => {
    const known = functionWords.get(language.slice(0, 2))
    return { language, count: known ? words.filter((word) => known.has(word)).length : 0 }
  })
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a), { language: fallback, count: 0 })
  const inFallback = counts.find(({ language }) => language === fallback)?.count ?? 0
  return best.count > inFallback + 1 || (best.count > inFallback && inFallback === 0) ? best.language : fallback
}

/**
 * Whether a sentence may be in a language: unless its letters or its function words speak clearly for another one. Short
 * ones that tell nothing may.
 */
export function isWrittenIn(text: string, language: string): boolean {
  const own = language.slice(0, 2)
  if (own !== 'vi' && vietnameseLetters.test(text)) return false
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (spoken.includes(own) && latin * 2 < letters) return false
  const words = fold(text).match(/\p{L}+/gu) ?? []
  const count = (code: string) => words.filter((word) => functionWords.get(code)?.has(word)).length
  return !spoken.some((code) => code !== own && count(code) > Math.max(1, count(own) + 1))
}
