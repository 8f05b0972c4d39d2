import { readFileSync } from 'node:fs'
import { elsewhere } from './lexicon/elsewhere.ts'
import type { Background } from './search-index.ts'

/** The languages in which messages were collected. */
const collected = ['de', 'en', 'es', 'fr']
const backgrounds = new Map<string, Background>()

/** What people say elsewhere, in a language; nothing for languages in which that was not collected. */
export function backgroundIn(language: string): Background {
  const code = language.slice(0, 2)
  let background = backgrounds.get(code)
  if (!background) {
    const messages = collected.includes(code) ? lines(`background/${code}.txt`) : []
    background = { messages, words: code === 'en' ? elsewhereWords() : [] }
    backgrounds.set(code, background)
  }
  return background
}

function elsewhereWords(): string[] {
  return elsewhere.flatMap((domain) =>
    domain
      .replace(/^[^:]*:/, '')
      .trim()
      .split(/\s+/),
  )
}

function lines(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}
