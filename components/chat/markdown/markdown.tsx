import type { MarkedToken, Token, Tokens } from 'marked'
import { createElement, type ReactNode } from 'react'
import { inOrder } from '#components/ui/in-order.ts'
import { texts } from '../texts.ts'
import { type Block, readBlocks } from './blocks.ts'
import { CodeBlock } from './code-block.tsx'
import { type InlineOptions, inline, MAX_DEPTH } from './inline.tsx'
import { Table } from './table.tsx'

/**
 * Markdown as React elements, by an allow-list: a token that is not named here is shown as the text it was
 * written as. There is no HTML on the way, so there is none to clean.
 */
export interface MarkdownOptions extends InlineOptions {
  /** The heading level that the text's first level gets, so that it fits the page around it. */
  headings?: 2 | 3 | 4
}

/** A whole text. */
export function Markdown({ text, ...options }: { text: string } & MarkdownOptions) {
  return <div className="prose">{blockElements(readBlocks(text), options)}</div>
}

export function blockElement(block: Block, options: MarkdownOptions, depth = 0): ReactNode {
  if (depth > MAX_DEPTH) return <p>{block.raw}</p>
  const token = block as MarkedToken
  const within = (tokens: readonly Token[]) => inline(tokens, options, depth + 1)
  switch (token.type) {
    case 'space':
      return null
    case 'paragraph':
      return <p>{within(token.tokens)}</p>
    case 'text':
      return within([token])
    case 'heading':
      return createElement(`h${Math.min(6, token.depth - 1 + (options.headings ?? 2))}`, undefined, within(token.tokens))
    case 'code':
      return <CodeBlock code={token.text} language={token.lang} />
    case 'hr':
      return <hr />
    case 'blockquote':
      return <blockquote>{blockElements(token.tokens, options, depth + 1)}</blockquote>
    case 'list':
      return <List list={token} options={options} depth={depth + 1} />
    case 'table':
      return <Table table={token} within={within} />
    default:
      return <p>{token.raw}</p>
  }
}

function blockElements(blocks: readonly Block[], options: MarkdownOptions, depth = 0): ReactNode {
  return inOrder(blocks, (block) => blockElement(block, options, depth))
}

interface ListProps {
  list: Tokens.List
  options: MarkdownOptions
  depth: number
}

function List({ list, options, depth }: ListProps) {
  const items = inOrder(list.items, ({ task, checked = false, tokens }) => (
    <li>
      {task && <input type="checkbox" checked={checked} disabled aria-label={checked ? texts.done : texts.toDo} />}
      {blockElements(
        tokens.filter(({ type }) => type !== 'checkbox'),
        options,
        depth,
      )}
    </li>
  ))
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>
}
