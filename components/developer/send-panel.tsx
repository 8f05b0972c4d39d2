import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, fieldLook, Panel } from './field.tsx'
import { presetGroups } from './presets.ts'

interface SendPanelProps {
  connected: boolean
  onSend: (frame: string) => void
}

/** A box for any frame, and buttons for those that are wanted most. */
export function SendPanel({ connected, onSend }: SendPanelProps) {
  const [frame, setFrame] = useState('')

  function submit(): void {
    if (frame.trim() === '' || !connected) return
    onSend(frame)
    setFrame('')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }

  return (
    <Panel title="Send">
      <form
        className="space-y-2"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Field label="Frame: plain text or JSON, sent as it stands">
          {(id) => (
            <textarea
              id={id}
              className={fieldLook}
              rows={3}
              value={frame}
              onChange={({ target }) => setFrame(target.value)}
              onKeyDown={onKeyDown}
              spellCheck={false}
              placeholder='Hello, or {"message":"Hello"}'
            />
          )}
        </Field>
        <Button type="submit" look="primary" disabled={!connected}>
          Send
        </Button>
      </form>
      {presetGroups.map(({ title, presets }) => (
        <fieldset key={title}>
          <legend className="mb-1.5 text-sm text-muted">{title}</legend>
          <div className="flex flex-wrap gap-2">
            {presets.map(({ label, frame }) => (
              <Button key={label} disabled={!connected} onClick={() => onSend(frame)} title={frame} className="font-mono">
                {label}
              </Button>
            ))}
          </div>
        </fieldset>
      ))}
    </Panel>
  )
}
