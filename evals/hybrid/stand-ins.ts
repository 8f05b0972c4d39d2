import { createHash } from 'node:crypto'
import type { Embedder } from '#lib/knowledge/meaning/embedder.ts'

/**
 * Embedders that stand in for real ones, which cannot be had where the evaluation runs. None of them understands anything. They
 * tell what the search makes of good, middling and worthless vectors, not how good those of a real model are.
 */

const DIMENSIONS = 512

/** An embedder of a function from texts to vectors of any length. */
function standIn(name: string, vectorOf: (text: string) => Float64Array): Embedder {
  const embed = async (texts: string[]) => texts.map((text) => Float32Array.from(normal(vectorOf(text))))
  return { name, batch: 1000, embed }
}

/** The same direction for the same text, and else any: worthless. */
export const random = () => standIn('random', (text) => directionOf(`random ${text}`))

/**
 * Words and pieces of words, each in a direction of its own that its hash gives: texts are near that are written alike.
 * It sees much of what the search by words sees, and less well.
 */
export const pieces = () =>
  standIn('pieces of words', (text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    const counts = new Map<string, number>()
    const count = (piece: string, weight: number) => counts.set(piece, (counts.get(piece) ?? 0) + weight)
    // A short word says little of what a text is about.
    for (const word of words.filter(({ length }) => length > 3)) {
      count(word, 1.5)
      for (let at = 0; at + 4 <= word.length; at += 1) count(word.slice(at, at + 4), 0.5)
    }
    const vector = new Float64Array(DIMENSIONS)
    for (const [piece, times] of counts) {
      const digest = createHash('md5').update(piece).digest()
      const place = digest.readUInt16LE(0) % DIMENSIONS
      vector[place] = (vector[place] as number) + ((digest[2] as number) % 2 === 0 ? 1 : -1) * Math.sqrt(times)
    }
    return vector
  })

/**
 * Knows the answers: a text is near the articles that `labels` name for it, all the nearer the less `noise` there is. A text
 * without a label is near nothing.
 */
export const oracle = (labels: Map<string, string[]>, noise: number) =>
  standIn(`oracle ${noise}`, (text) => {
    const own = labels.get(text) ?? []
    const towards = own.map((label) => directionOf(`article ${label}`))
    const away = directionOf(`noise ${text}`)
    return away.map((value, at) => {
      const sum = towards.reduce((all, direction) => all + (direction[at] as number), 0)
      return own.length === 0 ? value : noise * value + sum / Math.sqrt(own.length)
    })
  })

/** A direction that only its seed decides (Box and Muller, over numbers from SHA-256). */
function directionOf(seed: string): Float64Array {
  let digest = createHash('sha256').update(seed).digest()
  let at = 0
  const next = () => {
    if (at + 4 > digest.length) {
      digest = createHash('sha256').update(digest).digest()
      at = 0
    }
    at += 4
    return (digest.readUInt32LE(at - 4) + 1) / 2 ** 32
  }
  return normal(Float64Array.from({ length: DIMENSIONS }, () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())))
}

function normal(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}
