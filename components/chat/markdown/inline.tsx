import type { MarkedToken, Token } from 'marked'
import type { ReactNode } from 'react'
import { inOrder } from '#components/ui/in-order.ts'
import { decodeReferences } from './blocks.ts'
import { destinationOf, namesHost } from './links.ts'
import { cutAtMarks } from './marks.ts'

/** Tokens inside of each other deeper than this are shown as they were written. */
export const MAX_DEPTH = 24

const NO_BREAK_SPACE = '\u00a0'
const WORD_JOINER = '\u2060'

export interface InlineOptions {
  /** Whether `[n]` is the mark of a citation here. */
  isCited?: (n: number) => boolean
  /** What stands for the mark of a citation. */
  mark?: (n: number) => ReactNode
}

/** Words and what is between them. */
export function inline(tokens: readonly Token[], options: InlineOptions, depth = 0): ReactNode {
  return inOrder(tokens, (token) => inlineElement(token as MarkedToken, options, depth))
}

function inlineElement(token: MarkedToken, options: InlineOptions, depth: number): ReactNode {
  if (depth > MAX_DEPTH) return token.raw
  const within = (tokens: readonly Token[]) => inline(tokens, options, depth + 1)
  switch (token.type) {
    case 'text':
      return token.tokens ? within(token.tokens) : words(decodeReferences(token.text), options)
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{within(token.tokens)}</strong>
    case 'em':
      return <em>{within(token.tokens)}</em>
    case 'del':
      return <del>{within(token.tokens)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return link(token, options, depth + 1)
    case 'image':
      // An image would tell its host who reads here. Its words stay.
      return token.text
    default:
      return token.raw
  }
}

function words(text: string, { isCited, mark }: InlineOptions): ReactNode {
  if (!isCited || !mark) return text
  const cuts = cutAtMarks(text, isCited)
  return inOrder(cuts, (cut, at) => {
    if (typeof cut === 'string') return typeof cuts[at + 1] === 'number' ? cut.replace(/ $/, '') : cut
    // A mark belongs to the word before it and must not begin a line, which a button does even after a no-break space.
    const before = cuts[at - 1]
    return (
      <span className="cited">
        {typeof before === 'string' && before.endsWith(' ') ? NO_BREAK_SPACE : WORD_JOINER}
        {mark(cut)}
      </span>
    )
  })
}

function link(token: Extract<MarkedToken, { type: 'link' }>, options: InlineOptions, depth: number): ReactNode {
  const destination = destinationOf(token.autolink ? token.href : decodeReferences(token.href))
  if (!destination) return inline(token.tokens, options, depth)
  return (
    <>
      <a href={destination.href} target="_blank" rel="noopener noreferrer nofollow">
        {/* A button must not stand inside a link: there, a mark stays text. */}
        {inline(token.tokens, {}, depth)}
      </a>
      {!namesHost(token.text, destination) && <span className="link-host"> ({destination.host})</span>}
    </>
  )
}
