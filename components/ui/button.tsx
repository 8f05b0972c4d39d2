import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'

const looks = {
  primary:
    'bg-accent text-on-accent hover:bg-accent/90 border border-transparent aria-disabled:bg-sunken aria-disabled:hover:bg-sunken aria-disabled:border-line',
  secondary: 'bg-raised text-ink border border-line hover:border-muted/60',
  quiet: 'text-muted hover:bg-ink/6 hover:text-ink border border-transparent',
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks
  icon?: ReactNode
}

/** A button with words. */
export function Button({ look = 'secondary', icon, className, children, ...rest }: ButtonProps) {
  const shape = 'inline-flex min-h-9 items-center justify-center gap-2 rounded-field px-3 text-sm font-medium touch:min-h-11'
  const state =
    'transition-colors duration-100 disabled:opacity-50 aria-disabled:cursor-default aria-disabled:text-muted aria-disabled:hover:border-line'
  return (
    <button type="button" className={classes(shape, state, looks[look], className)} {...rest}>
      {icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, for everybody who does not know the icon. */
  label: string
}

/** A button with an icon alone. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  const shape = 'inline-flex size-9 shrink-0 items-center justify-center rounded-field touch:size-11'
  const look = 'text-muted transition-colors duration-100 hover:bg-ink/6 hover:text-ink disabled:opacity-50'
  return (
    <button type="button" aria-label={label} title={label} className={classes(shape, look, className)} {...rest}>
      {children}
    </button>
  )
}
