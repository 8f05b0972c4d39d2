import { ArrowRight } from 'lucide-react'
import { Mark } from '#components/ui/mark.tsx'
import { useChat } from './chat-context.ts'
import { texts } from './texts.ts'

/** Before anything was said: who this is, and questions to begin with. */
export function Greeting({ suggestions }: { suggestions: readonly string[] }) {
  const { deskName, say } = useChat()
  return (
    <div className="mx-auto flex w-full max-w-column flex-1 flex-col justify-center py-6 sm:py-8">
      <span className="flex [@media(max-height:30rem)]:hidden">
        <Mark large />
      </span>
      <h2 className="mt-5 text-2xl font-semibold tracking-tight text-balance">{texts.greeting(deskName)}</h2>
      <p className="mt-2 max-w-measure text-base text-pretty text-muted">{texts.introduction}</p>
      {suggestions.length > 0 && (
        <ul aria-label={texts.suggestions} className="mt-6 grid gap-2 sm:mt-8 sm:grid-cols-2">
          {suggestions.map((question) => (
            <li key={question}>
              <button type="button" dir="auto" onClick={() => say(question)} className={card}>
                <span className="flex-1">{question}</span>
                <ArrowRight
                  aria-hidden
                  className="size-4 shrink-0 text-muted transition-transform duration-100 group-hover:translate-x-0.5 rtl:rotate-180"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const card =
  'group flex h-full min-h-13 w-full items-center gap-3 rounded-bubble border border-line bg-raised px-4 py-3 text-start text-sm font-medium transition-colors duration-100 hover:border-muted/60'
