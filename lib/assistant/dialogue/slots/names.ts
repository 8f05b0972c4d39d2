import { analyzerFor } from '#lib/knowledge/words.ts'

/** Products by their names, as far as the shop has told them. */
export interface NamedProduct {
  sku: string
  name: string
}

/** A name, or a part of one, in a text, and the products that have all its words. */
export interface NameMention {
  written: string
  at: number
  skus: string[]
}

const words = (text: string) => analyzerFor('en').words(text)
const token = /[\p{L}\p{N}]+(?:[.&-][\p{L}\p{N}]+)*"?/gu

export type NameReader = ReturnType<typeof createNameReader>

/**
 * Finds names of products in texts. A part of a name counts when one of its words is used by nobody else: "Clearview" is enough,
 * "27-inch monitor" is none. `isCommon` tells the words that everybody uses.
 */
export function createNameReader(products: readonly NamedProduct[], isCommon: (word: string) => boolean) {
  const wordsOfProduct = new Map(products.map(({ sku, name }) => [sku, new Set(words(name))]))
  const known = new Set([...wordsOfProduct.values()].flatMap((own) => [...own]))
  const isDistinctive = (word: string) => known.has(word) && !isCommon(word) && /\p{L}{3}/u.test(word)

  return function namesIn(text: string): NameMention[] {
    const mentions: NameMention[] = []
    let run: { from: number; to: number; words: string[] } | undefined
    const end = () => {
      if (run?.words.some(isDistinctive)) {
        const said = run.words
        const skus = [...wordsOfProduct].filter(([, own]) => said.every((word) => own.has(word))).map(([sku]) => sku)
        if (skus.length > 0) mentions.push({ written: text.slice(run.from, run.to), at: run.from, skus })
      }
      run = undefined
    }
    for (const { 0: written, index } of text.matchAll(token)) {
      const own = words(written)
      if (own.length > 0 && own.every((word) => known.has(word) && !joints.has(word))) {
        run = { from: run?.from ?? index, to: index + written.length, words: [...(run?.words ?? []), ...own] }
      } else end()
    }
    end()
    return mentions.reduce<NameMention[]>((list, next) => joined(list, next, text), [])
  }
}

/** Parts of one name that stand apart ("the Maelstrom with the Volant V90") name one product. */
function joined(list: NameMention[], next: NameMention, text: string): NameMention[] {
  const last = list.at(-1)
  const skus = last?.skus.filter((sku) => next.skus.includes(sku)) ?? []
  if (!last || skus.length === 0 || !apart.test(text.slice(last.at + last.written.length, next.at))) return [...list, next]
  return [...list.slice(0, -1), { written: text.slice(last.at, next.at + next.written.length), at: last.at, skus }]
}

const apart = /^(?:\s|,|with|the|in|mit|avec|con|voi)+$/i

/** Words of some names that are no part of one alone. */
const joints = new Set(['and', 'with', 'for', 'or', 'in', 'the', 'a', 'und', 'et', 'y'])
