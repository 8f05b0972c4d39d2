'use client'

import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { nextInRing } from './ring.ts'

export interface MenuGroup {
  /** What its items are about; shown above them when there are several groups. */
  label?: string
  items: MenuItem[]
}

export interface MenuItem {
  label: string
  icon?: ReactNode
  /** Given for one of several choices: whether it is the chosen one. */
  checked?: boolean
  onSelect: () => void
}

interface MenuProps {
  label: string
  icon: ReactNode
  groups: MenuGroup[]
  className?: string
}

/** A button that opens a menu below itself. Arrows, Home and End move in it, Esc and Tab leave it. */
export function Menu({ label, icon, groups, className }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
    const leave = (event: PointerEvent) => root.current?.contains(event.target as Node) || setOpen(false)
    document.addEventListener('pointerdown', leave)
    return () => document.removeEventListener('pointerdown', leave)
  }, [open])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab') setOpen(false)
    if (event.key === 'Escape') close()
    const entries = [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
    const next = nextInRing(event.key, entries.indexOf(document.activeElement as HTMLElement), entries.length)
    if (next === undefined) return
    event.preventDefault()
    entries[next]?.focus()
  }

  function close(): void {
    setOpen(false)
    trigger.current?.focus()
  }

  return (
    <div ref={root} className={`relative ${className ?? ''}`}>
      <IconButton
        ref={trigger}
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon}
      </IconButton>
      {open && (
        <div
          id={id}
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="absolute end-0 top-full z-20 mt-1 min-w-48 animate-appear rounded-bubble border border-line bg-raised p-1 shadow-float"
        >
          {groups
            .filter(({ items }) => items.length > 0)
            .map((group) => (
              <Group key={group.items.map(({ label }) => label).join()} group={group} close={close} />
            ))}
        </div>
      )}
    </div>
  )
}

function Group({ group: { label, items }, close }: { group: MenuGroup; close: () => void }) {
  const entries = items.map((item) => <Entry key={item.label} item={item} close={close} />)
  if (label === undefined) return entries
  return (
    // biome-ignore lint/a11y/useSemanticElements: a menu takes groups, and no fieldsets
    <div role="group" aria-label={label} className="mt-1 border-t border-line pt-1">
      <p aria-hidden className="px-2.5 py-1 text-xs text-muted">
        {label}
      </p>
      {entries}
    </div>
  )
}

function Entry({ item: { label, icon, checked, onSelect }, close }: { item: MenuItem; close: () => void }) {
  const select = () => {
    close()
    onSelect()
  }
  const kind = checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': checked }
  const look =
    'flex min-h-9 w-full items-center gap-3 rounded-field px-2.5 text-start text-sm hover:bg-ink/6 focus-visible:bg-ink/6 touch:min-h-11'
  return (
    <button type="button" {...kind} tabIndex={-1} onClick={select} className={look}>
      <span className="text-muted">{icon}</span>
      <span className="flex-1">{label}</span>
      {checked && <Check aria-hidden className="size-4 text-accent" />}
    </button>
  )
}
