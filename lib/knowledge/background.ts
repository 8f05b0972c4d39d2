import { readFileSync } from 'node:fs'
import { elsewhere } from './lexicon/elsewhere.ts'
import type { Background } from './search-index.ts'

const backgrounds = new Map<string, Background>()

/** What people say elsewhere, in a language; nothing for languages in which that was not collected. */
export function backgroundIn(language: string): Background {
  const code = language.slice(0, 2)
  let background = backgrounds.get(code)
  if (!background) {
    background = code === 'en' ? { messages: lines('background/en.txt'), words: elsewhereWords() } : { messages: [], words: [] }
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
