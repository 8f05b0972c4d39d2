/** Where texts are kept between visits; the browser's localStorage has this shape. */
export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  /** Calls back when another tab has changed a text; returns the end of that. */
  subscribe?(listener: (key: string) => void): () => void
}
