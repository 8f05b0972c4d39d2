import { expect, it } from 'vitest'
import { type KeyPress, type KeyState, wishOf } from './composer-keys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, shiftKey: false, altKey: false, composing: false, ...more })
const state = (more: Partial<KeyState> = {}): KeyState => ({ empty: false, menuOpen: false, busy: false, ...more })

it('sends with Enter, and breaks the line with Shift and Enter', () => {
  expect(wishOf(press('Enter'), state())).toBe('send')
  expect(wishOf(press('Enter', { shiftKey: true }), state())).toBeUndefined()
})

it('never takes a key from an input method', () => {
  for (const key of ['Enter', 'Escape', 'Tab', 'ArrowUp']) {
    expect(wishOf(press(key, { composing: true }), state({ empty: true, menuOpen: true, busy: true }))).toBeUndefined()
  }
})

it('closes the menu before it stops an answer', () => {
  expect(wishOf(press('Escape'), state({ menuOpen: true, busy: true }))).toBe('close menu')
  expect(wishOf(press('Escape'), state({ busy: true }))).toBe('stop')
  expect(wishOf(press('Escape'), state())).toBeUndefined()
})

it('takes and completes commands in the menu, and leaves Tab alone without it', () => {
  expect(wishOf(press('Enter'), state({ menuOpen: true }))).toBe('take')
  expect(wishOf(press('Tab'), state({ menuOpen: true }))).toBe('complete')
  expect(wishOf(press('Tab'), state())).toBeUndefined()
})

it('recalls the last words in the empty box alone', () => {
  expect(wishOf(press('ArrowUp'), state({ empty: true }))).toBe('recall')
  expect(wishOf(press('ArrowUp'), state())).toBeUndefined()
})
