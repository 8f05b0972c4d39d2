import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ask, type Me } from './desk.ts'
import { texts } from './texts.ts'

/** Asks who it is. */
export function SignIn({ onEnter }: { onEnter: (me: Me) => void }) {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [login, password, problem] = [useId(), useId(), useId()]

  async function enter(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setFault('')
    try {
      const { operator } = await ask<{ operator: Me }>('sign-in', { login: form.get('login'), password: form.get('password') })
      onEnter(operator)
    } catch (error) {
      setFault((error as Error).message)
      setBusy(false)
    }
  }

  return (
    <main className="flex min-h-dvh items-center justify-center p-4">
      <form onSubmit={(event) => void enter(event)} className="w-full max-w-sm space-y-4 rounded-bubble border border-line bg-raised p-6">
        <h1 className="text-xl font-semibold">{texts.title}</h1>
        <div>
          <label htmlFor={login} className="mb-1.5 block text-sm">
            {texts.login}
          </label>
          <input id={login} name="login" required autoComplete="username" autoCapitalize="none" className={field} />
        </div>
        <div>
          <label htmlFor={password} className="mb-1.5 block text-sm">
            {texts.password}
          </label>
          <input
            id={password}
            name="password"
            type="password"
            required
            autoComplete="current-password"
            aria-describedby={problem}
            aria-invalid={fault !== ''}
            className={field}
          />
        </div>
        <p id={problem} role="alert" className="text-sm text-bad empty:hidden">
          {fault}
        </p>
        <Button type="submit" look="primary" disabled={isBusy} className="w-full">
          {isBusy ? texts.signingIn : texts.signIn}
        </Button>
        <p className="text-xs text-muted">{texts.firstTime}</p>
      </form>
    </main>
  )
}

const field = 'w-full rounded-field border border-line bg-surface px-3 py-2 text-base'
