import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, isForStrangers, readConfig, settingNames } from './config.ts'

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the settings', () => {
  const example = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=(.*)$/gm)]

  test('stand in .env.example, all of them and no others', () => {
    expect(example.map(([, name]) => name).sort()).toEqual([...settingNames].sort())
  })

  test('have the defaults that .env.example names', () => {
    const named = Object.fromEntries(example.map(([, name = '', value = '']) => [name, value]))
    expect(readConfig(named)).toEqual(readConfig({}))
  })

  test('are unset when they are empty', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: '', OPEN_SESSIONS: '' })).toEqual(readConfig({}))
  })

  test('are read into what they mean', () => {
    const config = readConfig({
      PUBLIC_URL: 'https://desk.example.com',
      CORS_ORIGINS: 'https://a.example, https://b.example',
      OPEN_SESSIONS: 'false',
    })
    expect(config).toMatchObject({ CORS_ORIGINS: ['https://a.example', 'https://b.example'], OPEN_SESSIONS: false })
    expect(readConfig({ SUGGESTED_QUESTIONS: ' Where is my order? | Can I return it? || Where is my order?' }).SUGGESTED_QUESTIONS).toEqual(
      ['Where is my order?', 'Can I return it?'],
    )
    expect(config.PUBLIC_URL?.host).toBe('desk.example.com')
  })
})

describe('what is wrong', () => {
  const shared = 'a secret that site and desk share, long enough'

  test('with the models is said together with the rest', () => {
    const environment = { AI_PROVIDER: 'openai', AI_FALLBACK: 'gemini', RATE_LIMIT: 'off', HOST: '0.0.0.0' }
    expect(problemsOf(environment).map((problem) => problem.split(':')[0])).toEqual([
      'OPENAI_API_KEY',
      'GEMINI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY',
      'RATE_LIMIT',
    ])
  })

  test.each<[string, Record<string, string>]>([
    ['JWT_ISSUER: is needed with JWT_SECRET or JWKS_URL', { JWT_SECRET: shared, JWT_AUDIENCE: 'desk' }],
    ['JWT_AUDIENCE: is needed with JWT_SECRET or JWKS_URL', { JWKS_URL: 'https://shop.example.com/keys', JWT_ISSUER: 'shop' }],
    ['JWKS_URL: is set beside JWT_SECRET, and only one of them can be', { JWT_SECRET: shared, JWKS_URL: 'https://shop.example.com/keys' }],
    ['JWKS_URL: takes an https address, or one of this machine', { JWKS_URL: 'http://shop.example.com/keys' }],
    ['JWT_AUDIENCE: is of no use without JWT_SECRET or JWKS_URL', { JWT_AUDIENCE: 'desk' }],
    ['JWT_ORDERS: is of no use without JWT_SECRET or JWKS_URL', { JWT_ORDERS: 'true' }],
    ['JWT_SECRET: needs at least 32 characters', { JWT_SECRET: 'short' }],
    ['JWT_SECRET: is too easy to guess', { JWT_SECRET: 'abababababababababababababababababab' }],
  ])('with a site that vouches is said: %s', (problem, environment) => {
    expect(problemsOf(environment)).toContain(problem)
  })

  test('is nothing with keys of this machine', () => {
    const environment = { JWKS_URL: 'http://127.0.0.1:9000/keys', JWT_ISSUER: 'shop', JWT_AUDIENCE: 'desk' }
    expect(problemsOf(environment)).toEqual([])
  })

  test('is said all at once, by name', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      CORS_ORIGINS: 'shop.example.com',
      ADMIN_API_KEY: 'too short a key',
      CONFIDENCE_THRESHOLD: '70',
    })
    expect(problems).toEqual([
      'PORT: must be a number',
      'CORS_ORIGINS: "shop.example.com" is not an origin like https://shop.example.com',
      'ADMIN_API_KEY: needs at least 32 characters',
      'CONFIDENCE_THRESHOLD: must be at most 1',
    ])
  })

  test.each([
    ['a path is no origin', { CORS_ORIGINS: 'https://shop.example.com/chat' }],
    ['any origin is none', { CORS_ORIGINS: '*' }],
    ['a secret that is easy to guess', { SESSION_SECRET: 'a'.repeat(40) }],
    ['no limits for strangers', { RATE_LIMIT: 'off', PUBLIC_URL: 'https://desk.example.com' }],
    ['no limits on an open address', { RATE_LIMIT: 'off', HOST: '0.0.0.0' }],
    ['trouble on demand for strangers', { SHOP_FAULTS: 'error=0.1', PUBLIC_URL: 'https://desk.example.com' }],
    ['trouble of another kind', { SHOP_FAULTS: 'fire=1' }],
    ['a short key for MCP', { MCP_API_KEY: 'a-key-of-24-characters..' }],
    ['a public address without a scheme', { PUBLIC_URL: 'desk.example.com' }],
    ['seven questions to begin with', { SUGGESTED_QUESTIONS: 'a|b|c|d|e|f|g' }],
    ['a question to begin with of 81 characters', { SUGGESTED_QUESTIONS: `Why?|${'x'.repeat(81)}` }],
  ])('%s', (_, environment) => {
    expect(problemsOf(environment)).toHaveLength(1)
  })
})

test.each([
  ['this machine alone', {}, false],
  ['this machine by its own name', { PUBLIC_URL: 'http://localhost:8000', HOST: '0.0.0.0' }, false],
  ['every address', { HOST: '0.0.0.0' }, true],
  ['the world', { PUBLIC_URL: 'https://desk.example.com' }, true],
  ['a name that only begins like this machine', { PUBLIC_URL: 'https://localhost.example.com' }, true],
])('a desk for %s', (_, environment, isTrue) => {
  expect(isForStrangers(readConfig(environment))).toBe(isTrue)
})
