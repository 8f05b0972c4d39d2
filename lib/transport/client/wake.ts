/** Calls back when the network or the page comes back, where there is such a thing; returns the end of that. */
export function onWake(callback: () => void): () => void {
  const page = globalThis.document
  const seen = () => page.visibilityState === 'visible' && callback()
  globalThis.addEventListener?.('online', callback)
  page?.addEventListener('visibilitychange', seen)
  return () => {
    globalThis.removeEventListener?.('online', callback)
    page?.removeEventListener('visibilitychange', seen)
  }
}
