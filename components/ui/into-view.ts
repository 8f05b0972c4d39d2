/** For the ref of what opens below a button: brings it into sight, if it is not, once it is there. */
export function intoView(element: HTMLElement | null): void {
  // Newer browsers return a promise here, which a ref would take for its end.
  void element?.scrollIntoView({ block: 'nearest' })
}
