'use client'

import { useRef } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface ConfirmDialogProps {
  open: boolean
  title: string
  text: string
  confirm: string
  cancel: string
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ open, title, text, confirm, cancel, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<{ close: () => void }>(null)
  return (
    <Dialog ref={dialog} open={open} title={title} text={text} onClose={onClose}>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{cancel}</Button>
        <Button
          look="primary"
          onClick={() => {
            // Closing gives the focus back; what is confirmed may then put it elsewhere.
            dialog.current?.close()
            onConfirm()
          }}
        >
          {confirm}
        </Button>
      </div>
    </Dialog>
  )
}
