import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { clockTime, useCountdown } from './countdown.ts'
import { PinField } from './pin-field.tsx'

interface SignInFormProps {
  /** What the visitor has said already. */
  email: string | undefined
  onSignedIn: () => void
  /** Where it can be left without signing in. */
  onCancel?: () => void
}

type Failure = { words: string; until?: number; field?: 'email' | 'pin' }

/**
 * E-mail address and PIN. The fields have no names and the form no address, so nothing of it can get into one; the PIN is
 * forgotten with the press of the button.
 */
export function SignInForm({ email: known = '', onSignedIn, onCancel }: SignInFormProps) {
  const { signIn } = useChat()
  const [email, setEmail] = useState(known)
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const left = useCountdown(failure?.until)
  const emailField = useRef<HTMLInputElement>(null)
  const pinField = useRef<HTMLInputElement>(null)
  const id = useId()
  const shown = failure?.until !== undefined && left === 0 ? undefined : failure

  function refuse(next: Failure): void {
    setFailure(next)
    const field = next.field === 'email' ? emailField : pinField
    field.current?.focus({ preventScroll: true })
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (!/\S@\S/.test(email)) return refuse({ words: texts.shop.needsEmail, field: 'email' })
    if (pin.length !== 4) return refuse({ words: texts.shop.needsPin, field: 'pin' })
    setBusy(true)
    setFailure(undefined)
    setPin('')
    try {
      const { identity, retry_after } = await signIn(email, pin)
      if (identity === 'verified') return onSignedIn()
      if (identity === 'locked') refuse({ words: texts.shop.signInFailed.locked, until: Date.now() + (retry_after ?? 60) * 1000 })
      else if (identity === 'wrong') refuse({ words: texts.shop.signInFailed.wrong, field: 'pin' })
      else refuse({ words: texts.shop.signInFailed.unavailable })
    } catch (error) {
      refuse({ words: (error as Error).message })
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <div className="flex flex-wrap gap-3">
        <div className="min-w-0 flex-[1_1_12rem]">
          <label htmlFor={`${id}-email`} className="text-sm font-medium">
            {texts.shop.email}
          </label>
          <input
            ref={emailField}
            id={`${id}-email`}
            type="email"
            autoComplete="email"
            maxLength={254}
            value={email}
            aria-invalid={shown?.field === 'email'}
            aria-describedby={`${id}-failure`}
            onChange={({ target }) => setEmail(target.value)}
            className="mt-1 block min-h-10 w-full rounded-field border border-muted/50 bg-surface px-3 text-base touch:min-h-11"
          />
        </div>
        <div className="flex-[0_1_9rem]">
          <label htmlFor={`${id}-pin`} className="text-sm font-medium">
            {texts.shop.pin}
          </label>
          <PinField
            ref={pinField}
            id={`${id}-pin`}
            value={pin}
            invalid={shown?.field === 'pin'}
            describedBy={`${id}-failure`}
            onChange={setPin}
          />
        </div>
      </div>
      <div id={`${id}-failure`} className="mt-2 text-sm text-bad empty:hidden">
        <p role="alert" className="empty:hidden">
          {shown?.words}
        </p>
        {shown?.until !== undefined && (
          <p className="text-muted">
            {texts.shop.lockedFor}{' '}
            <span role="timer" className="tabular-nums">
              {clockTime(left)}
            </span>
          </p>
        )}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" type="submit" aria-disabled={busy}>
          {busy ? texts.shop.signingIn : texts.shop.signIn}
        </Button>
        {onCancel && <Button onClick={onCancel}>{texts.cancel}</Button>}
      </div>
    </form>
  )
}
