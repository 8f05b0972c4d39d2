import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The files of Swagger UI that the page needs; nothing else of the package is served. */
const types = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const
type SwaggerFile = keyof typeof types

/** Read from the disk at run time: the package is no part of any bundle. */
const packageFolder = join(/* turbopackIgnore: true */ process.cwd(), 'node_modules', 'swagger-ui-dist')

/** The version stands in the address, so that browsers may keep a file for good. */
export function swaggerAddress(file: SwaggerFile, version: string): string {
  return `/docs/assets/${file}?v=${version}`
}

/** One of the files with its type; undefined for any other name. */
export async function swaggerFile(name: string): Promise<{ type: string; content: Buffer<ArrayBuffer> } | undefined> {
  if (!Object.hasOwn(types, name)) return undefined
  return { type: types[name as SwaggerFile], content: await readFile(join(packageFolder, name)) }
}

export async function swaggerVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  return version
}
