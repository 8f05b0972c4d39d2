import { Lexer, type MarkedToken, type Token, Tokenizer } from 'marked'

/**
 * Markdown as tokens. Nothing here makes HTML: tokens become React elements by the allow-list in markdown.tsx.
 */
export type Block = Token

/**
 * HTML stays the text it was written as. Link definitions are left alone too: `[1]: …` in an answer would
 * otherwise turn the mark of a citation into a link to anywhere.
 */
class PlainTokenizer extends Tokenizer {
  override html(): undefined {
    return undefined
  }
  override tag(): undefined {
    return undefined
  }
  override def(): undefined {
    return undefined
  }
}

export interface BlockOptions {
  /** Every line break counts, as people write in a chat; articles are wrapped at will. */
  breaks?: boolean
}

/** Reads Markdown into its blocks. What cannot be read (nested beyond all reason) is one plain paragraph. */
export function readBlocks(source: string, { breaks = false }: BlockOptions = {}): Block[] {
  try {
    return [...new Lexer({ gfm: true, breaks, tokenizer: new PlainTokenizer() }).lex(source)]
  } catch {
    return [{ type: 'paragraph', raw: source, text: source, tokens: [{ type: 'text', raw: source, text: source }] }]
  }
}

/** A text that grows, with the blocks read of it so far. */
export interface Reading {
  source: string
  blocks: Block[]
}

/**
 * Reads on where a text has grown. Only its last block may still change with what follows, so only that one is
 * read again; the blocks before it stay the same objects, and React leaves them alone.
 */
export function readOn(before: Reading | undefined, source: string, options: BlockOptions = {}): Reading {
  if (before?.source === source) return before
  if (!before || !source.startsWith(before.source)) return { source, blocks: readBlocks(source, options) }
  const last = before.blocks.findLastIndex((block) => block.type !== 'space')
  const settled = before.blocks.slice(0, Math.max(0, last))
  const length = settled.reduce((sum, block) => sum + block.raw.length, 0)
  return { source, blocks: [...settled, ...readBlocks(source.slice(length), options)] }
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  colon: ':',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  deg: '°',
  times: '×',
  middot: '·',
}

/** Resolves the character references that Markdown takes over from HTML; unknown ones stay as they are. */
export function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}

/** The words of a text without its marks, as a screen reader should say them. */
export function plainText(source: string): string {
  const say = (tokens: readonly Token[]): string => tokens.map((token) => wordsOf(token as MarkedToken)).join('')
  function wordsOf(token: MarkedToken): string {
    switch (token.type) {
      case 'space':
      case 'hr':
        return ' '
      case 'br':
        return '\n'
      case 'image':
      case 'code':
      case 'codespan':
        return token.text
      case 'list':
        return token.items.map((item) => `${say(item.tokens).trim()}\n`).join('')
      case 'table':
        return [token.header, ...token.rows].map((row) => `${row.map((cell) => say(cell.tokens)).join(', ')}\n`).join('')
      case 'paragraph':
      case 'heading':
      case 'blockquote':
        return `${say(token.tokens)}\n`
      default:
        if ('tokens' in token && token.tokens) return say(token.tokens)
        return 'text' in token ? decodeReferences(token.text) : ''
    }
  }
  return say(readBlocks(source))
    .replace(/ ?\[\d{1,3}\]/g, '')
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim()
}
