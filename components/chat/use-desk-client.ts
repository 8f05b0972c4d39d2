import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { type ClientSettings, createDeskClient, type DeskClient, nothingYet, type Snapshot } from '#lib/transport/client/desk-client.ts'
import { browserShelf } from './browser-shelf.ts'

/** The one client of a page, as long as the page is shown, and what it knows now. */
export function useDeskClient(settings: ClientSettings): { client: DeskClient | undefined; snapshot: Snapshot } {
  const [client, setClient] = useState<DeskClient>()

  useEffect(() => {
    let current: DeskClient | undefined
    let left = false
    // In development React mounts twice at once; only what stays mounted may begin a session.
    queueMicrotask(() => {
      if (left) return
      current = createDeskClient({ base: '', settings, shelf: browserShelf('localStorage'), tabShelf: browserShelf('sessionStorage') })
      setClient(current)
    })
    return () => {
      left = true
      current?.close()
      setClient(undefined)
    }
  }, [settings])

  const subscribe = useCallback((listener: () => void) => client?.subscribe(listener) ?? (() => undefined), [client])
  const read = () => client?.snapshot() ?? nothingYet
  const snapshot = useSyncExternalStore(subscribe, read, () => nothingYet)
  return { client, snapshot }
}
