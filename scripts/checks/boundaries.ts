import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/**
 * Who may import whom. The house has one direction: doors call the hall, the hall knows only the language, and
 * rooms do not know each other. A file falls under the rule with the longest matching `of`.
 */
interface Rule {
  /** A folder or a file. */
  of: string
  /** Folders and files of ours that it may import, besides itself. */
  ours: string[]
  /** Packages that it may import; undefined: any. A trailing `*` stands for anything. */
  packages?: string[]
  /** What to do instead, for whoever breaks the rule. */
  instead: string
}

const kitchen = ['lib/protocol', 'lib/session', 'lib/config.ts', 'lib/logger.ts']
const rooms = ['bus', 'handoff', 'identity', 'insight', 'knowledge', 'privacy', 'shop', 'tools']

const rules: Rule[] = [
  {
    of: 'lib/protocol',
    ours: [],
    packages: ['zod'],
    instead: 'lib/protocol is the language that all speak, in browsers too: it imports zod and nothing else.',
  },
  {
    of: 'lib/session',
    ours: ['lib/protocol'],
    packages: [],
    instead: 'lib/session is the hall: what it needs from a room is a type in session/ports.ts, given to it in lib/desk.ts.',
  },
  ...rooms.map((room) => ({
    of: `lib/${room}`,
    ours: kitchen,
    instead: `Rooms do not know each other: lib/${room} gets what it needs through session/ports.ts and lib/desk.ts.`,
  })),
  {
    of: 'lib/store',
    ours: [...kitchen, 'lib/shop/ports.ts', 'lib/identity/ports.ts', 'lib/tools/ports.ts'],
    instead: 'The store fulfils what rooms declare in their ports.ts, and knows nothing else of them.',
  },
  ...['assistant', 'commands'].map((room) => ({
    of: `lib/${room}`,
    ours: [...kitchen, 'lib/tools', 'lib/knowledge'],
    instead: `lib/${room} may use tools and knowledge; anything else reaches it through session/ports.ts and lib/desk.ts.`,
  })),
  {
    of: 'lib/transport/server',
    ours: ['lib/protocol', 'lib/session', 'lib/identity'],
    instead: 'A door parses, asks who it is, makes one call and maps the error. What it calls comes with the House.',
  },
  {
    of: 'lib/transport/client',
    ours: ['lib/protocol'],
    packages: [],
    instead: 'lib/transport/client runs in browsers and terminals: the protocol and what the platform has, nothing else.',
  },
  { of: 'lib', ours: ['lib', 'package.json'], instead: 'lib knows nothing of pages.' },
  {
    of: 'components',
    ours: ['lib/protocol', 'lib/transport/client'],
    packages: ['react', 'react-dom*', 'next/link', 'next-themes', 'lucide-react', 'marked', 'use-stick-to-bottom', 'geist*', 'zod'],
    instead: 'Components speak to the desk through lib/transport/client, like any client.',
  },
  {
    of: 'app',
    ours: ['lib/registry.ts', 'lib/transport/server', 'lib/protocol', 'components'],
    instead: 'Pages and routes reach the desk through lib/registry.ts and the doors in lib/transport/server.',
  },
  {
    of: 'e2e',
    ours: ['lib/protocol', 'lib/transport/client', 'scripts'],
    instead: 'Stories see the desk from outside: HTTP, WebSocket, and the client that ships with it.',
  },
]

/** Files that stand outside: what they check is the inside. */
const exempt = /\.test\.tsx?$|\.contract\.ts$|\/fixtures\.ts$/
const specifiers = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g

/** What in a file breaks its rule, one sentence each. `source` is its text; paths are relative to the project. */
export function violations(file: string, source: string): string[] {
  if (exempt.test(file)) return []
  const rule = rules.filter(({ of }) => within(file, of)).sort((a, b) => b.of.length - a.of.length)[0]
  if (!rule) return []
  return [...source.matchAll(specifiers)].flatMap(([, specifier = '']) => {
    const path = ownPath(file, specifier)
    const allowed = path === undefined ? mayUse(rule, specifier) : [rule.of, ...rule.ours].some((place) => within(path, place))
    return allowed ? [] : [`${file} imports ${specifier}. ${rule.instead}`]
  })
}

function mayUse({ packages }: Rule, name: string): boolean {
  return packages?.some((known) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known)) ?? true
}

/** The path that a specifier names, if it is one of our own files. */
function ownPath(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined
}

function within(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`)
}

/** Checks the files; returns what is wrong. */
export function checkBoundaries(files: string[]): string[] {
  return files.filter((file) => /\.tsx?$/.test(file)).flatMap((file) => violations(file, readFileSync(file, 'utf8')))
}
