'use client'

import { memo, useRef } from 'react'
import { inOrder } from '#components/ui/in-order.ts'
import { type Block, type Reading, readBlocks, readOn } from './blocks.ts'
import { blockElement, type MarkdownOptions } from './markdown.tsx'

interface StreamingMarkdownProps {
  text: string
  /** Nothing more will come: the text is read as a whole, once. */
  complete: boolean
  /** To be the same object from one drawing to the next. */
  options: MarkdownOptions
}

/** A text as people write in a chat, which may still grow: then only its last block is read and drawn again. */
export function StreamingMarkdown({ text, complete, options }: StreamingMarkdownProps) {
  // A cache, not a state: the same text always gives the same blocks.
  const kept = useRef<Reading & { complete: boolean }>(undefined)
  if (kept.current?.source !== text || kept.current.complete !== complete) {
    const reading = complete ? { source: text, blocks: readBlocks(text, { breaks: true }) } : readOn(kept.current, text, { breaks: true })
    kept.current = { ...reading, complete }
  }
  return (
    <div className="prose">
      {inOrder(kept.current.blocks, (block) => (
        <BlockView block={block} options={options} />
      ))}
    </div>
  )
}

const BlockView = memo(function BlockView({ block, options }: { block: Block; options: MarkdownOptions }) {
  return blockElement(block, options)
})
