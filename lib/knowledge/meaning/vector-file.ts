import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { endianness } from 'node:os'
import { dirname } from 'node:path'

/**
 * The file of the vectors: a header of MAGIC, the number of dimensions and the number of vectors; the key of each (16 bytes);
 * the vectors as 32-bit floats; and the SHA-256 of all that. Numbers are little endian.
 */
const MAGIC = Buffer.from('FDVEC\0\0\x01', 'latin1')
const HEADER = MAGIC.length + 8
const KEY = 16
const FLOAT = 4
const DIGEST = 32

/** Vectors by their keys, hexadecimal; all have the same number of dimensions. */
export type KeptVectors = Map<string, Float32Array>

/** What a vector is kept under: the model that made it, what it was made as, and the text. */
export function keyOf(embedder: string, kind: string, text: string): string {
  const hash = createHash('sha256').update(JSON.stringify([embedder, kind, text]))
  return hash.digest('hex').slice(0, 2 * KEY)
}

/** Reads the file; undefined when it is broken, no vectors when there is none. */
export async function readVectors(file: string): Promise<KeptVectors | undefined> {
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return new Map()
  if (bytes.length < HEADER + DIGEST || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined
  const dimensions = bytes.readUInt32LE(MAGIC.length)
  const count = bytes.readUInt32LE(MAGIC.length + 4)
  const end = bytes.length - DIGEST
  if (end !== HEADER + count * (KEY + FLOAT * dimensions) || !digestOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) return undefined
  const vectors: KeptVectors = new Map()
  for (let at = 0; at < count; at += 1) {
    const key = bytes.toString('hex', HEADER + at * KEY, HEADER + (at + 1) * KEY)
    const start = HEADER + count * KEY + at * dimensions * FLOAT
    vectors.set(key, new Float32Array(littleEndian(new Uint8Array(bytes.subarray(start, start + dimensions * FLOAT))).buffer))
  }
  return vectors
}

/** Writes the file, whole or not at all: a desk that is killed meanwhile finds it as it was. */
export async function writeVectors(file: string, vectors: KeptVectors): Promise<void> {
  const [first] = vectors.values()
  const dimensions = first?.length ?? 0
  const bytes = Buffer.alloc(HEADER + vectors.size * (KEY + FLOAT * dimensions))
  MAGIC.copy(bytes)
  bytes.writeUInt32LE(dimensions, MAGIC.length)
  bytes.writeUInt32LE(vectors.size, MAGIC.length + 4)
  let at = HEADER
  for (const key of vectors.keys()) at += bytes.write(key, at, 'hex')
  for (const vector of vectors.values()) at += Buffer.from(littleEndian(new Uint8Array(vector.slice().buffer))).copy(bytes, at)
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.write(digestOf(bytes))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}

/** Floats between the order that the file has and the one of this machine, in place. */
function littleEndian(floats: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (endianness() === 'BE') Buffer.from(floats.buffer).swap32()
  return floats
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
