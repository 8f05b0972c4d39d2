import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Secret {
  value: string
  /** Where it lies, if the desk made it. */
  file?: string
  /** It was made just now. */
  made: boolean
}

/** What is shorter can be guessed, or is what a full disk left of a secret. */
const LEAST = 32

/**
 * A secret from the environment, or else from a file that only its owner can read, made with 256 random bits
 * when it is not there yet. Throws a sentence for people when the file holds none.
 */
export function keepSecret(directory: string, name: string, given: string | undefined): Secret {
  if (given !== undefined) return { value: given, made: false }
  const file = join(directory, 'secrets', name)
  try {
    const value = readFileSync(file, 'utf8').trim()
    if (value.length >= LEAST) return { value, file, made: false }
    throw new Error(`${file} holds no secret of at least ${LEAST} characters. Remove it, and a new one is made.`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const value = randomBytes(32).toString('base64url')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Whole or not there: a desk that dies between the two lines begins again, and not with half a secret.
  const draft = `${file}.draft`
  writeFileSync(draft, `${value}\n`, { mode: 0o600, flush: true })
  renameSync(draft, file)
  return { value, file, made: true }
}
