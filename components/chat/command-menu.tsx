import { useEffect, useRef } from 'react'
import { classes } from '#components/ui/classes.ts'
import type { CommandEntry } from './commands.ts'
import { texts } from './texts.ts'
import type { CommandMenuState } from './use-command-menu.ts'

interface CommandMenuProps {
  id: string
  menu: CommandMenuState
  onTake: (entry: CommandEntry) => void
}

/** The name of the entry that the keyboard points to. */
export function optionId(menuId: string, index: number): string {
  return `${menuId}-${index}`
}

/** The commands that may be meant, above the composer. The focus stays in the message box, which moves the choice. */
export function CommandMenu({ id, menu: { entries, active, point }, onTake }: CommandMenuProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Newer browsers return a promise here, which would be no end of an effect.
    void list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (entries.length === 0) return null
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={texts.commands}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-64 animate-appear overflow-y-auto rounded-bubble border border-line bg-raised p-1 shadow-float"
    >
      {entries.map((entry, index) => (
        <div
          key={entry.usage}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => index !== active && point(index)}
          // A press must not take the focus from the message box.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(entry)}
          onKeyDown={(event) => event.key === 'Enter' && onTake(entry)}
          className={classes(
            'flex min-h-10 cursor-pointer items-center gap-3 rounded-field px-3 text-sm touch:min-h-11',
            index === active && 'bg-ink/6 forced-colors:outline',
          )}
        >
          <span className="w-18 font-mono font-medium">{entry.usage}</span>
          <span className="truncate text-muted">{entry.hint}</span>
        </div>
      ))}
    </div>
  )
}
