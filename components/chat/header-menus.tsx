import { CircleStop, Ellipsis, LockKeyhole, LogOut, Monitor, Moon, SquarePen, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { IconButton } from '#components/ui/button.tsx'
import { Menu, type MenuItem } from '#components/ui/menu.tsx'
import { texts } from './texts.ts'

const icon = { 'aria-hidden': true, className: 'size-4' } as const
const themes = [
  { name: 'light', icon: <Sun {...icon} /> },
  { name: 'dark', icon: <Moon {...icon} /> },
  { name: 'system', icon: <Monitor {...icon} /> },
] as const

interface HeaderMenusProps {
  onRenew: () => void
  /** Missing where there is nothing to end. */
  onEnd: (() => void) | undefined
  /** Who is signed in. */
  customer: string | undefined
  onSignIn: () => void
  onSignOut: () => void
}

/** What is needed now and then: behind one button, and the most of it beside it where there is room. */
export function HeaderMenus({ onRenew, onEnd, customer, onSignIn, onSignOut }: HeaderMenusProps) {
  const themes = { label: texts.theme, items: useThemeChoices() }
  const renew = { label: texts.newConversation, icon: <SquarePen {...icon} />, onSelect: onRenew }
  const end = onEnd ? [{ label: texts.endConversation, icon: <CircleStop {...icon} />, onSelect: onEnd }] : []
  const account =
    customer === undefined
      ? { items: [{ label: texts.shop.signIn, icon: <LockKeyhole {...icon} />, onSelect: onSignIn }] }
      : { label: texts.shop.signedInAs(customer), items: [{ label: texts.shop.signOut, icon: <LogOut {...icon} />, onSelect: onSignOut }] }
  const more = { label: texts.more, icon: <Ellipsis aria-hidden className="size-5" /> }
  return (
    <>
      <IconButton label={texts.newConversation} onClick={onRenew} className="max-sm:hidden">
        <SquarePen aria-hidden className="size-4.5" />
      </IconButton>
      <Menu className="max-sm:hidden" {...more} groups={[{ items: end }, account, themes]} />
      <Menu className="sm:hidden" {...more} groups={[{ items: [renew, ...end] }, account, themes]} />
    </>
  )
}

function useThemeChoices(): MenuItem[] {
  const { theme, setTheme } = useTheme()
  return themes.map(({ name, icon }) => ({
    label: texts.themes[name],
    icon,
    checked: theme === name,
    onSelect: () => setTheme(name),
  }))
}
