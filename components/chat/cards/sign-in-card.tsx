import { LockKeyhole, UserRoundCheck } from 'lucide-react'
import { useChat } from '../chat-context.ts'
import { texts } from '../texts.ts'
import { useShop } from './shop-context.ts'
import { SignInForm } from './sign-in-form.tsx'

/** The form that an answer asks to fill in; who it was filled in for, once somebody is signed in. */
export function SignInCard({ email, latest }: { email: string | undefined; latest: boolean }) {
  const { rest } = useChat()
  const { customer } = useShop()
  if (!latest) return null
  if (customer) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <UserRoundCheck aria-hidden className="size-4 shrink-0 text-good" />
        <span dir="auto" className="wrap-anywhere">
          {texts.shop.signedInAs(customer.name)}
        </span>
      </p>
    )
  }
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
