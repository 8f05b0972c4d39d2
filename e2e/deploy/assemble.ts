import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, matchesGlob, relative, resolve } from 'node:path'
import { all, copyOf, environment, only, readStages } from './dockerfile.ts'

/** An image without an engine: its files in a folder, and how it is run. */
export interface Image {
  /** Where the files are; the image calls it WORKDIR. */
  folder: string
  env: Record<string, string>
  command: string[]
}

/** What the project has done already when tests run: the image's own first steps. */
const done = ['npm ci', 'npm run build']

/**
 * Follows the Dockerfile: the build stage in `<root>/build`, with its commands run for real (but those that the
 * project has run already), then the COPY lines of the final stage into `<root>/image`. Folders of the image are read-only.
 */
export function assemble(root: string): Image {
  const [building = [], final = []] = readStages(readFileSync('Dockerfile', 'utf8'))
  const build = join(root, 'build')
  const folder = join(root, 'image')
  copyContext(build)
  for (const command of all(building, 'RUN').flatMap((run) => run.split(' && '))) {
    if (!done.includes(command))
      execFileSync('sh', ['-c', command], { cwd: build, stdio: 'pipe', env: { ...process.env, npm_config_audit: 'false' } })
  }
  const inside = (path: string) => relative(only(final, 'WORKDIR'), resolve(only(final, 'WORKDIR'), path))
  mkdirSync(folder)
  for (const { sources, target } of all(final, 'COPY').map(copyOf)) {
    for (const source of sources) {
      const from = join(build, relative('/app', source))
      const to = join(folder, inside(target.endsWith('/') ? join(target, basename(source)) : target))
      mkdirSync(join(to, '..'), { recursive: true })
      linkTree(from, to)
    }
  }
  rmSync(build, { recursive: true })
  setFolderModes(folder, 0o555)
  return { folder, env: environment(final), command: JSON.parse(only(final, 'CMD')) as string[] }
}

/** Makes the image's folders writable again and removes them. */
export function discard(root: string, { folder }: Image): void {
  setFolderModes(folder, 0o755)
  rmSync(root, { recursive: true, force: true })
}

/** What `COPY . .` takes, by .dockerignore; and what `npm ci` and `npm run build` have left. */
function copyContext(build: string): void {
  const ignored = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const taken = (path: string) =>
    !ignored.some((pattern) => path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern))
  cpSync('.', build, { recursive: true, filter: (path) => path === '.' || taken(path) })
  linkTree('node_modules', join(build, 'node_modules'))
  linkTree('.next', join(build, '.next'))
  // npm writes to this file; a link would let it write to ours.
  const own = join('node_modules', '.package-lock.json')
  rmSync(join(build, own))
  copyFileSync(own, join(build, own))
}

/** Copies a tree as hard links where the disk allows that: nothing writes to these files. */
function linkTree(from: string, to: string): void {
  if (!existsSync(from)) throw new Error(`${from} is not there to be copied`)
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'pipe' })
  } catch {
    rmSync(to, { recursive: true, force: true })
    execFileSync('cp', ['-a', from, to])
  }
}

function setFolderModes(folder: string, mode: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) setFolderModes(join(folder, entry.name), mode)
  chmodSync(folder, mode)
}
