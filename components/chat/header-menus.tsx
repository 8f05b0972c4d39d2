import { Ellipsis, Monitor, Moon, SquarePen, Sun, SunMoon } from 'lucide-react'
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

/** What is needed now and then: side by side where there is room, behind one button where there is not. */
export function HeaderMenus({ onRenew }: { onRenew: () => void }) {
  const choices = useThemeChoices()
  const renew = { label: texts.newConversation, icon: <SquarePen {...icon} />, onSelect: onRenew }
  return (
    <>
      <IconButton label={texts.newConversation} onClick={onRenew} className="max-sm:hidden">
        <SquarePen aria-hidden className="size-4.5" />
      </IconButton>
      <Menu
        className="max-sm:hidden"
        label={texts.theme}
        icon={<SunMoon aria-hidden className="size-4.5" />}
        groups={[{ items: choices }]}
      />
      <Menu
        className="sm:hidden"
        label={texts.more}
        icon={<Ellipsis aria-hidden className="size-5" />}
        groups={[{ items: [renew] }, { label: texts.theme, items: choices }]}
      />
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
