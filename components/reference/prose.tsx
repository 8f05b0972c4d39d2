import { inOrder } from '#components/ui/in-order.ts'

const marks = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/

/** A description as the document has it: paragraphs, `code`, **strong** and *emphasised* words. */
export function Prose({ text, className = '' }: { text: string; className?: string }) {
  return (
    <div className={`space-y-2 ${className}`}>
      {inOrder(text.split('\n\n'), (paragraph) => (
        <p className="max-w-measure">
          <Inline text={paragraph} />
        </p>
      ))}
    </div>
  )
}

/** The same for half a line. */
export function Inline({ text }: { text: string }) {
  return inOrder(text.split(marks), marked)
}

function marked(part: string) {
  if (part.startsWith('`')) return <code className="rounded-field bg-sunken px-1 text-sm break-words">{part.slice(1, -1)}</code>
  if (part.startsWith('**')) return <strong className="font-semibold">{part.slice(2, -2)}</strong>
  if (part.length > 2 && part.startsWith('*')) return <em>{part.slice(1, -1)}</em>
  return part
}
