import { useEffect, useState, useSyncExternalStore } from 'react'
import { createWire, type Wire, type WireState } from './wire.ts'

/** One wire for as long as the page is shown, and what is on it. */
export function useWire(): { wire: Wire; state: WireState } {
  const [wire] = useState(createWire)
  useEffect(() => wire.disconnect, [wire])
  const state = useSyncExternalStore(wire.subscribe, wire.snapshot, wire.snapshot)
  return { wire, state }
}
