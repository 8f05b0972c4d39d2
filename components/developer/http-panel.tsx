import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ScrollBox } from '#components/ui/scroll-box.tsx'
import { Field, fieldLook, Panel } from './field.tsx'
import { type Answer, call, type HttpCall, httpCalls } from './http-calls.ts'
import { asObject, type WireState } from './wire.ts'

/** The same desk over HTTP: requests to choose and to change, and what they answer. */
export function HttpPanel({ session }: { session: WireState['session'] }) {
  const [chosen, setChosen] = useState<HttpCall>(httpCalls[0] as HttpCall)
  const [answer, setAnswer] = useState<Answer>()
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const credentials = { sessionId: session?.id ?? 'user-123', token: session?.token }

  function send(request: HttpCall): void {
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    setChosen(request)
    setAnswer(undefined)
    void call(request, credentials, { signal: abort.signal, onAnswer: (next) => running.current === abort && setAnswer(next) })
  }

  return (
    <Panel title="HTTP">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Requests</legend>
        {httpCalls.map((request) => (
          <Button key={request.label} onClick={() => send(request)} className="font-mono">
            {request.label}
          </Button>
        ))}
      </fieldset>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault()
          send(chosen)
        }}
      >
        <Field label={`Path, sent as ${chosen.method} (session ${credentials.sessionId})`}>
          {(id) => (
            <input
              id={id}
              className={fieldLook}
              value={chosen.path}
              onChange={({ target }) => setChosen({ ...chosen, path: target.value })}
              spellCheck={false}
            />
          )}
        </Field>
        {chosen.method === 'POST' && (
          <Field label="Body">
            {(id) => (
              <textarea
                id={id}
                className={fieldLook}
                rows={2}
                value={chosen.body ?? ''}
                onChange={({ target }) => setChosen({ ...chosen, body: target.value })}
                spellCheck={false}
              />
            )}
          </Field>
        )}
        <div className="flex gap-3">
          <Button type="submit" look="primary">
            Send again
          </Button>
          <Button disabled={!answer?.running} onClick={() => running.current?.abort()}>
            Stop
          </Button>
        </div>
      </form>
      {answer && <AnswerView answer={answer} />}
    </Panel>
  )
}

function AnswerView({ answer: { status, after, text, running } }: { answer: Answer }) {
  const parsed = asObject(text)
  return (
    <div className="space-y-1">
      <p role="status" className="text-sm">
        {status} <span className="text-muted tabular-nums">after {after.toFixed(0)} ms</span>
        {running && <span className="text-muted"> · still coming</span>}
      </p>
      <ScrollBox label="Answer" className="max-h-96">
        <pre className="break-words whitespace-pre-wrap">{parsed ? JSON.stringify(parsed, null, 2) : text}</pre>
      </ScrollBox>
    </div>
  )
}
