import type { Article, Passage } from '#lib/knowledge/article.ts'
import type { Citation } from '#lib/protocol/events.ts'
import type { Ground } from './grounding.ts'

/** What tools found, as something that an answer may rest on: a passage made of records, one a line. */

const names: Record<string, string> = {
  de: 'Auskunft des Geschäfts',
  es: 'Datos de la tienda',
  fr: 'Données du magasin',
  vi: 'Dữ liệu cửa hàng',
}
/** Names the passage; no article has such a name. */
const SOURCE = 'tools:'

export function recordGrounds(records: string[], language: string): Ground[] {
  if (records.length === 0) return []
  const title = names[language.slice(0, 2)] ?? 'Shop records'
  const text = records.join('\n')
  const passage: Passage = { id: `${SOURCE}${records.length}`, heading: title, text, sentences: records, questions: [] }
  const article: Article = { id: SOURCE, file: SOURCE, title, language, tags: [], synonyms: [], questions: [], passages: [passage] }
  return [{ article, passage }]
}

type Cite = (ground: Ground) => { citation: Citation; isNew: boolean }

/** Numbers the sources of one answer on, however often what it may rest on grows. Records have no page of their own. */
export function createCitations(): (cite: Cite) => Cite {
  const given: Citation[] = []
  return (cite) => (ground) => {
    const source = ground.article.id === SOURCE ? SOURCE : ground.passage.id
    const known = given.find((one) => one.source === source)
    if (known) return { citation: known, isNew: false }
    const { url, ...rest } = cite(ground).citation
    const citation = { ...rest, n: given.length + 1, source, ...(url === undefined || source === SOURCE ? {} : { url }) }
    given.push(citation)
    return { citation, isNew: true }
  }
}
