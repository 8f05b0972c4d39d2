import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Method, OperationObject } from '#lib/protocol/openapi/document.ts'
import { apiDocument } from '#lib/protocol/openapi.ts'
import { samplesOf } from './samples.ts'

const base = 'http://localhost:8000'
const { paths } = apiDocument('1.0.0')
const all = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method as Method, operation })),
)

function sample(path: string, method: Method, language: string): string {
  const operation = paths[path]?.[method] as OperationObject
  return samplesOf(base, path, method, operation).find((one) => one.language === language)?.code ?? ''
}

test('a question from a terminal', () => {
  expect(sample('/api/chat', 'post', 'curl')).toBe(
    `curl -X POST 'http://localhost:8000/api/chat' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"message":"Hello"}'`,
  )
})

test('a question from Python, as the original documents print it', () => {
  expect(sample('/api/chat', 'post', 'Python')).toBe(
    `import requests\n\nresponse = requests.post(\n    "http://localhost:8000/api/chat",\n    json={\n        "message": "Hello",\n    },\n)\nprint(response.json())`,
  )
})

test('a stream from a browser', () => {
  const code = sample('/api/chat/stream', 'get', 'JavaScript')
  expect(code).toContain("new EventSource('http://localhost:8000/api/chat/stream?message=Hello&session_id=user-123')")
})

test('a file there and back', () => {
  const files = '/api/session/{session_id}/files'
  expect(sample(files, 'post', 'curl')).toBe(
    `curl -X POST '${base}/api/session/user-123/files?name=cracked-screen.png' \\\n  --data-binary '@cracked-screen.png'`,
  )
  expect(sample(files, 'post', 'JavaScript')).toContain('.files[0]')
  expect(sample(files, 'post', 'Python')).toContain('data=open("cracked-screen.png", "rb")')
  expect(sample(`${files}/{file_id}`, 'get', 'curl')).toMatch(/^curl -o file '.*\/files\/[0-9a-f-]{36}'$/)
})

test('the admin key stands where it is always needed, and nowhere else', () => {
  expect(sample('/api/broadcast', 'post', 'curl')).toContain('X-API-Key: $ADMIN_API_KEY')
  expect(sample('/api/stats', 'get', 'curl')).not.toContain('X-API-Key')
})

describe.each(all)('$method $path', ({ path, method, operation }) => {
  const samples = samplesOf(base, path, method, operation)

  test('leaves no parameter open', () => {
    for (const { code } of samples) expect(code).not.toMatch(/\{session_id\}|undefined/)
  })

  test('is JavaScript that parses', () => {
    const code = samples.find(({ language }) => language === 'JavaScript')?.code ?? ''
    expect(() => execFileSync(process.execPath, ['--input-type=module', '--check'], { input: code, stdio: 'pipe' })).not.toThrow()
  })
})
