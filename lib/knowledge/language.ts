import { stopWords as english } from './lexicon/en.ts'
import { stopWords as vietnamese } from './lexicon/vi.ts'
import { analyzerFor, fold } from './words.ts'

/** Letters that Vietnamese has and other languages in Latin script do not: horned vowels, and vowels with two marks. */
const vietnameseLetters = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i

const englishWords = new Set(english.flatMap((word) => fold(word).split(/\s+/)))
const functionWords: Record<string, ReadonlySet<string>> = {
  en: englishWords,
  // Without accents some look like English words ("no", "do", "may"): those tell nothing.
  vi: new Set(
    vietnamese.flatMap((word) => fold(word).split(/\s+/)).filter((word) => word.length > 2 && !analyzerFor('en').vocabulary.has(word)),
  ),
}

/**
 * The language of a text among those the desk has articles in: by letters where they decide, else by whose
 * function words it has more of. `fallback` when nothing speaks for one of them.
 */
export function languageOf(text: string, languages: readonly string[], fallback: string): string {
  if (vietnameseLetters.test(text)) return 'vi'
  const words = fold(text).match(/\p{L}+/gu) ?? []
  const counts = languages.map((language) => {
    const known = functionWords[language.slice(0, 2)]
    return { language, count: known ? words.filter((word) => known.has(word)).length : 0 }
  })
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a), { language: fallback, count: 0 })
  const inFallback = counts.find(({ language }) => language === fallback)?.count ?? 0
  return best.count > inFallback + 1 || (best.count > inFallback && inFallback === 0) ? best.language : fallback
}
