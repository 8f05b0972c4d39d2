import { useChat } from './chat-context.ts'
import { texts } from './texts.ts'

/** The replies that the latest message offers. */
export function QuickReplies({ options }: { options: readonly string[] }) {
  const { say } = useChat()
  return (
    <ul aria-label={texts.quickReplies} className="mt-3 mb-2 flex flex-wrap gap-2">
      {options.map((option) => (
        <li key={option}>
          <button type="button" dir="auto" onClick={() => say(option)} className={chip}>
            {option}
          </button>
        </li>
      ))}
    </ul>
  )
}

const chip =
  'min-h-9 rounded-full border border-accent/40 bg-raised px-4 py-1.5 text-start text-sm font-medium text-accent transition-colors duration-100 hover:border-accent hover:bg-accent/8 touch:min-h-11'
