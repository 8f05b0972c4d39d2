import { type RefObject, useEffect, useState } from 'react'
import { hear } from '#lib/protocol/credentials.ts'
import { browserShelf } from './browser-shelf.ts'

const DRAFT = 'frontdesk.draft'

/** What is being written, kept over a reload; not so a text with a PIN in it. */
export function useDraft(field: RefObject<HTMLTextAreaElement | null>): [string, (text: string) => void] {
  const [draft, setDraft] = useState('')

  useEffect(() => {
    // What was typed before the page came to life counts more than what was kept.
    const begun = field.current?.value || browserShelf('localStorage').getItem(DRAFT)
    if (begun) setDraft(begun)
  }, [field])

  function write(text: string): void {
    setDraft(text)
    const shelf = browserShelf('localStorage')
    if (text === '' || hear(text).text !== text) shelf.removeItem(DRAFT)
    else shelf.setItem(DRAFT, text)
  }

  return [draft, write]
}
