/** What a key in the message box asks for. */
export type KeyWish = 'send' | 'take' | 'complete' | 'close menu' | 'stop' | 'recall' | undefined

export interface KeyPress {
  key: string
  shiftKey: boolean
  altKey: boolean
  /** The key belongs to an input method that is composing a word; Safari says so by the code 229 alone. */
  composing: boolean
}

export interface KeyState {
  empty: boolean
  menuOpen: boolean
  busy: boolean
}

/** Reads a key. What it does not name is left to the browser: a new line, a movement, a letter. */
export function wishOf({ key, shiftKey, altKey, composing }: KeyPress, { empty, menuOpen, busy }: KeyState): KeyWish {
  if (composing || altKey) return undefined
  if (key === 'Enter' && !shiftKey) return menuOpen ? 'take' : 'send'
  if (key === 'Tab' && !shiftKey && menuOpen) return 'complete'
  if (key === 'Escape') return menuOpen ? 'close menu' : busy ? 'stop' : undefined
  if (key === 'ArrowUp' && empty && !menuOpen) return 'recall'
  return undefined
}
