import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Paths of the project that a document may name: these begin with something that exists at the top level. */
const named = /(?<![\w./-])((?:app|bench|components|docs|e2e|evals|knowledge|lib|public|scripts)\/[\w./[\]-]*\w)/g
const linked = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g
const scripts = /`npm (?:run ([\w:-]+)|(start|test))/g

/** What a document says of the project that is not so: paths and npm scripts that do not exist, one sentence each. */
export function falsehoods(document: string, text: string, known: { scripts: string[]; exists: (path: string) => boolean }): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const at = `${document}:${index + 1}`
    const paths = [...line.matchAll(named)].map(([, path = '']) => path).filter((path) => !known.exists(path))
    const links = [...line.matchAll(linked)].map(([, path = '']) => normalize(join(dirname(document), path)))
    const lost = links.filter((path) => !known.exists(path))
    const missing = [...line.matchAll(scripts)].map(([, run, own]) => run ?? own ?? '').filter((name) => !known.scripts.includes(name))
    return [
      ...paths.map((path) => `${at} names ${path}, which does not exist.`),
      ...lost.map((path) => `${at} links to ${path}, which does not exist.`),
      ...missing.map((name) => `${at} names the npm script "${name}", which does not exist.`),
    ]
  })
}

/** Checks the documents among the files; returns what is wrong. Decision records tell of their own time. */
export function checkDocuments(files: string[]): string[] {
  const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('knowledge/') && !file.startsWith('docs/decisions/'))
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const known = { scripts: Object.keys(manifest.scripts), exists: existsSync }
  return documents.flatMap((document) => falsehoods(document, readFileSync(document, 'utf8'), known))
}
