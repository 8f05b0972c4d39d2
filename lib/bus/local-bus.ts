import type { Bus, Piece, Signal } from '#lib/session/ports.ts'

type Answers = Map<string, Piece & { sealed: boolean }>

/**
 * The bus of a single process: signals are plain calls, running answers a map.
 * A listener must not throw; it is called while the writer publishes.
 */
export function createLocalBus(): Bus {
  const listeners = new Map<string, Set<(signal: Signal) => void>>()
  const sessions = new Map<string, Answers>()

  function publish(key: string, signal: Signal): void {
    for (const listener of listeners.get(key) ?? []) listener(signal)
  }

  function answer(key: string, messageId: string) {
    const answers = getOrMake<Answers>(sessions, key, () => new Map())
    return getOrMake(answers, messageId, () => ({ text: '', citations: [], sealed: false }))
  }

  return {
    publish,

    subscribe(key, listener) {
      const set = getOrMake(listeners, key, () => new Set())
      set.add(listener)
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key)
      }
    },

    async append(key, messageId, offset, piece) {
      const running = answer(key, messageId)
      if (running.sealed || running.text.length !== offset) return false
      running.text += piece.text
      running.citations.push(...piece.citations)
      publish(key, { type: 'live', event: { type: 'delta', message_id: messageId, offset, ...piece } })
      return true
    },

    // An answer may be sealed before its first text: then that text, on its way, will be refused.
    async seal(key, messageId) {
      const running = answer(key, messageId)
      running.sealed = true
      return running.text === '' ? undefined : { text: running.text, citations: running.citations }
    },

    forget(key, messageId) {
      const answers = sessions.get(key)
      answers?.delete(messageId)
      if (answers?.size === 0) sessions.delete(key)
    },

    async running(key) {
      const open = [...(sessions.get(key) ?? [])].filter(([, running]) => !running.sealed && running.text !== '')
      return open.map(([messageId, { text, citations }]) => ({ messageId, text, citations: [...citations] }))
    },
  }
}

function getOrMake<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
