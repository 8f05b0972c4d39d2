import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { texts } from '../texts.ts'
import { SignInForm } from './sign-in-form.tsx'

interface AccountProps {
  /** What the visitor has chosen in the menu. */
  wish: 'in' | 'out' | undefined
  onSignOut: () => void
  onClose: () => void
}

/** Signing in without being asked to, and what is asked before signing out. */
export function Account({ wish, onSignOut, onClose }: AccountProps) {
  return (
    <>
      <Dialog open={wish === 'in'} title={texts.shop.signIn} text={texts.shop.signInHint} onClose={onClose}>
        <div className="mt-4">{wish === 'in' && <SignInForm email={undefined} onSignedIn={onClose} onCancel={onClose} />}</div>
      </Dialog>
      <ConfirmDialog
        open={wish === 'out'}
        title={texts.shop.signOutQuestion}
        text={texts.shop.signOutWarning}
        confirm={texts.shop.signOut}
        cancel={texts.shop.stay}
        onConfirm={onSignOut}
        onClose={onClose}
      />
    </>
  )
}
