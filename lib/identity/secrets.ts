import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Secret {
  value: string
  /** Where it lies, if the desk made it. */
  file?: string
  /** It was made just now. */
  made: boolean
}

/**
 * A secret from the environment, or else from a file that only its owner can read, made with 256 random bits
 * when it is not there yet.
 */
export function keepSecret(directory: string, name: string, given: string | undefined): Secret {
  if (given !== undefined) return { value: given, made: false }
  const file = join(directory, 'secrets', name)
  try {
    return { value: readFileSync(file, 'utf8').trim(), file, made: false }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const value = randomBytes(32).toString('base64url')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' })
  return { value, file, made: true }
}
