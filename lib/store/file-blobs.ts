import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs } from '#lib/session/ports.ts'

/** Bytes in files: a folder for each session, named so that nobody's choice of a name becomes a path. */
export function createFileBlobs(directory: string): Blobs {
  const folderOf = (key: string) => join(directory, createHash('sha256').update(key).digest('hex').slice(0, 32))

  async function write(key: string, id: string, bytes: Uint8Array): Promise<void> {
    const folder = folderOf(key)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, id)
    const handle = await open(`${file}.part`, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(`${file}.part`, file)
    await synced(folder)
  }

  async function read(key: string, id: string): Promise<Uint8Array | undefined> {
    return readFile(join(folderOf(key), id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
  }

  return { write, read, remove: (key, id = '') => rm(join(folderOf(key), id), { recursive: true, force: true }) }
}

/** A name is on the disk when its folder is. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
