import { useCallback, useEffect, useState } from 'react'

/** A word to the visitor that is no part of the conversation. */
export interface Notice {
  text: string
  /** Something did not work: said at once, and kept until it is dismissed. */
  bad: boolean
}

/** How long a notice of something good stands, in milliseconds. */
const SHOWN_MS = 8000

export function useNotice() {
  const [notice, setNotice] = useState<Notice>()
  useEffect(() => {
    if (!notice || notice.bad) return
    const timer = setTimeout(() => setNotice(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  const notify = useCallback((text: string, bad = false) => setNotice({ text, bad }), [])
  const dismiss = useCallback(() => setNotice(undefined), [])
  return { notice, notify, dismiss }
}
