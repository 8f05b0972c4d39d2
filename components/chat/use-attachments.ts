import { useCallback, useEffect, useRef, useState } from 'react'
import type { Attachment } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { fileSize } from './file-size.ts'
import { texts } from './texts.ts'

/**
 * The files of the message that is being written. Each is sent as soon as it is chosen:
 *
 *   sending ──► ready ──► named by the message
 *      └──────► failed (said why; the visitor takes it away)
 */
export interface PendingFile {
  key: number
  name: string
  attachment?: Attachment
  failed?: string
}

/** As the desk has it (lib/session/files.ts, lib/protocol/actions.ts). */
const MOST = 5
const LARGEST = 10 * 1024 * 1024

let keys = 0

export function useAttachments(notify: (text: string) => void) {
  const { upload } = useChat()
  const [files, setFiles] = useState<readonly PendingFile[]>([])
  const sending = useRef(new Map<number, AbortController>())
  useEffect(() => {
    const all = sending.current
    return () => {
      for (const abort of all.values()) abort.abort()
    }
  }, [])

  const change = useCallback((key: number, part: Partial<PendingFile>) => {
    setFiles((before) => before.map((file) => (file.key === key ? { ...file, ...part } : file)))
  }, [])

  const send = useCallback(
    async (key: number, file: File) => {
      if (file.size > LARGEST) return change(key, { failed: texts.fileTooLarge(fileSize(LARGEST)) })
      const abort = new AbortController()
      sending.current.set(key, abort)
      try {
        change(key, { attachment: await upload(file, abort.signal) })
      } catch (error) {
        change(key, { failed: (error as Error).message })
      } finally {
        sending.current.delete(key)
      }
    },
    [upload, change],
  )

  function add(chosen: Iterable<File>): void {
    const room = MOST - files.length
    const all = [...chosen]
    if (all.length > room) notify(texts.tooManyFiles(MOST))
    const taken = all.slice(0, Math.max(0, room)).map((file) => ({ key: ++keys, file }))
    setFiles([...files, ...taken.map(({ key, file: { name } }) => ({ key, name }))])
    for (const { key, file } of taken) void send(key, file)
  }

  function remove(key: number): void {
    sending.current.get(key)?.abort()
    setFiles(files.filter((file) => file.key !== key))
  }

  return {
    files,
    add,
    remove,
    clear: () => setFiles([]),
    /** Those that the message can name; undefined while one is still on its way or could not be sent. */
    ready: files.every(({ attachment }) => attachment) ? files.flatMap(({ attachment }) => attachment ?? []) : undefined,
  }
}
