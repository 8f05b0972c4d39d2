/** What a text is embedded as: what is searched, or what is asked. Some models tell the two apart. */
export type TextKind = 'passage' | 'question'

/** Makes vectors of texts, so that texts which mean the same are near each other. It is given in lib/desk.ts. */
export interface Embedder {
  /** Names the model and how it is asked: vectors of another name are of another space. */
  name: string
  /** Texts of one request, at most. */
  batch: number
  /**
   * One vector for each text, of length 1, all of the same number of dimensions. Throws when they are not all there within so
   * many milliseconds; the message holds nothing of the texts.
   */
  embed(texts: string[], kind: TextKind, withinMs: number, signal: AbortSignal): Promise<Float32Array[]>
}
