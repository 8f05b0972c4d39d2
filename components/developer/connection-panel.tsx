import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { classes } from '#components/ui/classes.ts'
import { Field, fieldLook, Panel } from './field.tsx'
import type { Wire, WireState } from './wire.ts'

const statuses = {
  connected: { text: 'Connected', dot: 'bg-good' },
  connecting: { text: 'Connecting …', dot: 'bg-warn' },
  disconnected: { text: 'Disconnected', dot: 'bg-bad' },
} as const

/** Where to connect, and the two buttons that do it. */
export function ConnectionPanel({ wire, state }: { wire: Wire; state: WireState }) {
  const [named, setNamed] = useState(false)
  const [sessionId, setSessionId] = useState('user-123')
  const [token, setToken] = useState('')
  const path = named ? `/ws/${encodeURIComponent(sessionId.trim())}` : '/ws/chat'
  const connected = state.status !== 'disconnected'

  return (
    <Panel title="Connection">
      <fieldset className="space-y-2 text-sm">
        <legend className="pb-1">Address</legend>
        <Choice checked={!named} onChoose={() => setNamed(false)} text="/ws/chat" hint="a new session" />
        <Choice checked={named} onChoose={() => setNamed(true)} text="/ws/{session_id}" hint="a session by its name" />
      </fieldset>
      {named && (
        <Field label="Session id">
          {(id) => (
            <input
              id={id}
              className={fieldLook}
              value={sessionId}
              onChange={({ target }) => setSessionId(target.value)}
              spellCheck={false}
            />
          )}
        </Field>
      )}
      <Field label="Session token (optional; sent as the subprotocol “bearer, token”)">
        {(id) => (
          <input
            id={id}
            className={fieldLook}
            value={token}
            onChange={({ target }) => setToken(target.value.trim())}
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={connected} onClick={() => wire.connect({ path, token })}>
          Connect
        </Button>
        <Button disabled={!connected} onClick={() => wire.disconnect()}>
          Disconnect
        </Button>
        <p className="inline-flex items-center gap-1.5 text-sm">
          <span aria-hidden className={classes('size-2 rounded-full forced-colors:border', statuses[state.status].dot)} />
          <span role="status">{statuses[state.status].text}</span>
        </p>
      </div>
      {state.session && (
        <p className="text-sm break-all text-muted">
          Session <code className="font-mono">{state.session.id}</code>
          {state.session.token && (
            <>
              , token <code className="font-mono">{state.session.token}</code>
            </>
          )}
        </p>
      )}
    </Panel>
  )
}

function Choice({ checked, onChoose, text, hint }: { checked: boolean; onChoose: () => void; text: string; hint: string }) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input type="radio" name="address" checked={checked} onChange={onChoose} className="size-4 accent-accent" />
      <code className="font-mono">{text}</code>
      <span className="text-muted">{hint}</span>
    </label>
  )
}
