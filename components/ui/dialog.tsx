'use client'

import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'

interface DialogProps {
  open: boolean
  title: string
  text: string
  /** Closes it at once, before what follows may put the focus elsewhere. */
  ref?: Ref<{ close: () => void }>
  onClose: () => void
  children: ReactNode
}

/** Something to be dealt with before the page. The browser keeps the focus inside and gives it back. */
export function Dialog({ open, title, text, ref, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  useImperativeHandle(ref, () => ({ close: () => dialog.current?.close() }), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-bubble border border-line bg-raised p-6 text-ink shadow-float backdrop:bg-ink/30 dark:backdrop:bg-surface/70"
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        {title}
      </h2>
      <p id={`${id}-text`} className="mt-2 text-sm text-muted">
        {text}
      </p>
      {children}
    </dialog>
  )
}
