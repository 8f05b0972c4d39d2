import { LockKeyhole } from 'lucide-react'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { useShop } from './shop-context.ts'
import { SignInForm } from './sign-in-form.tsx'

/** The form that an answer asks to fill in; gone once somebody is signed in, which the log says where it happened. */
export function SignInCard({ email, latest }: { email: string | undefined; latest: boolean }) {
  const { rest } = useChat()
  const { customer } = useShop()
  if (!latest || customer) return null
  return (
    <section aria-label={texts.shop.signIn} className="max-w-md rounded-bubble border border-line bg-raised p-4">
      <p className="flex items-center gap-2 font-semibold">
        <LockKeyhole aria-hidden className="size-4 shrink-0 text-accent" />
        {texts.shop.signIn}
      </p>
      <p className="mt-1 mb-3 text-sm text-muted">{texts.shop.signInHint}</p>
      <SignInForm email={email} onSignedIn={rest} />
    </section>
  )
}
