import type { ReactNode, Ref, UIEventHandler } from 'react'
import { classes } from './classes.ts'

interface ScrollBoxProps {
  label: string
  ref?: Ref<HTMLDivElement>
  onScroll?: UIEventHandler<HTMLDivElement>
  className?: string
  children: ReactNode
}

/** A part of the page that scrolls by itself, and so by keyboard too. */
export function ScrollBox({ label, className, children, ...rest }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a region would be one landmark of many
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      role="group"
      aria-label={label}
      className={classes('overflow-auto rounded-field border border-line bg-sunken p-3 font-mono text-sm', className)}
      {...rest}
    >
      {children}
    </div>
  )
}
