import { useCallback, useEffect, useState } from 'react'
import type { Inbox } from '#lib/protocol/console.ts'
import { ask, type Me, Refused } from './desk.ts'

export type Show = 'waiting' | 'mine' | 'all' | 'closed'
/** `undefined`: not known yet. */
export type SignedIn = Me | null | undefined

const AGAIN_MS = 3000

/** Who is at this browser, and how to change that. */
export function useMe() {
  const [me, setMe] = useState<SignedIn>()

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () =>
      ask<{ operator: Me }>('me').then(
        ({ operator }) => setMe(operator),
        (error: unknown) => {
          if (error instanceof Refused && error.status !== 0) setMe(null)
          else timer = setTimeout(look, AGAIN_MS)
        },
      )
    void look()
    return () => clearTimeout(timer)
  }, [])

  const leave = useCallback(() => setMe(null), [])
  return { me, enter: setMe, leave }
}

/** The sessions of a list, as they are now: the desk says when something has changed. */
export function useInbox(show: Show, leave: () => void) {
  const [inbox, setInbox] = useState<Inbox>()
  const [isReachable, setReachable] = useState(true)

  useEffect(() => {
    let isOver = false
    const look = () =>
      ask<Inbox>(`inbox?show=${show}`).then(
        (found) => {
          if (!isOver) setInbox(found)
        },
        (error: unknown) => {
          if (error instanceof Refused && error.status === 401) leave()
        },
      )
    const changes = new EventSource('/api/console/changes')
    changes.onopen = () => setReachable(true)
    changes.onmessage = () => void look()
    // Whether the line broke or the operator may not work here any more, the next look tells.
    changes.onerror = () => {
      setReachable(false)
      void look()
    }
    return () => {
      isOver = true
      changes.close()
    }
  }, [show, leave])

  return { inbox, isReachable }
}
