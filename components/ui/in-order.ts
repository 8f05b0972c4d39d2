import { createElement, Fragment, type ReactNode } from 'react'

/** Draws things one after the other. Their place is their name: a text only ever grows at its end. */
export function inOrder<T>(things: readonly T[], draw: (thing: T, at: number) => ReactNode): ReactNode {
  return createElement(Fragment, undefined, ...things.map(draw))
}
