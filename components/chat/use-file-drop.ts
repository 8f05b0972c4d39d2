import { type ClipboardEvent, type DragEvent, useState } from 'react'

/** Takes files that are dropped on an element or pasted into it; `over` while some are held above it. */
export function useFileDrop(enabled: boolean, take: (files: Iterable<File>) => void) {
  const [over, setOver] = useState(false)
  const holdsFiles = ({ dataTransfer }: DragEvent) => enabled && dataTransfer.types.includes('Files')
  return {
    over,
    onDragOver(event: DragEvent) {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop(event: DragEvent) {
      setOver(false)
      if (!holdsFiles(event)) return
      event.preventDefault()
      take(event.dataTransfer.files)
    },
    onPaste(event: ClipboardEvent) {
      const { files, types } = event.clipboardData
      // Text that comes with a picture of itself, as from a spreadsheet, is text.
      if (!enabled || files.length === 0 || types.includes('text/plain')) return
      event.preventDefault()
      take(files)
    },
  }
}
