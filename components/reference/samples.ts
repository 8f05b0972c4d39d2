import type { Method, OperationObject } from '#lib/protocol/openapi/document.ts'

/** How an operation is called from a terminal, a browser and Python, made from its description. */
export interface Sample {
  language: string
  code: string
}

interface Call {
  method: string
  url: string
  body: unknown
  key: boolean
  /** The body is a file. */
  sendsFile: boolean
  /** The answer is one. */
  getsFile: boolean
  /** The answer comes as an event stream and in no other form. */
  streams: boolean
}

/** The file of the samples. */
const FILE = 'cracked-screen.png'

/** The samples of one operation. `base` is the desk's address, without a slash at its end. */
export function samplesOf(base: string, path: string, method: Method, operation: OperationObject): Sample[] {
  const call = callOf(base, path, method, operation)
  return [
    { language: 'curl', code: curl(call) },
    { language: 'JavaScript', code: call.streams ? javascriptStream(call) : javascript(call) },
    { language: 'Python', code: python(call) },
  ]
}

function callOf(base: string, path: string, method: Method, operation: OperationObject): Call {
  const { parameters = [], requestBody, responses, security } = operation
  const query = new URLSearchParams()
  let address = path
  for (const { name, in: place, example } of parameters) {
    if (example === undefined) continue
    if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(String(example)))
    if (place === 'query') query.set(name, String(example))
  }
  const [example] = Object.values(requestBody?.content['application/json']?.examples ?? {})
  return {
    method: method.toUpperCase(),
    url: `${base}${address}${query.size > 0 ? `?${query}` : ''}`,
    body: example?.value,
    key: security.length === 1 && 'adminKey' in (security[0] ?? {}),
    sendsFile: requestBody?.content['multipart/form-data'] !== undefined,
    getsFile: Object.keys(responses['200']?.content ?? {}).some((type) => type.startsWith('image/')),
    streams: Object.keys(responses['200']?.content ?? {}).join() === 'text/event-stream',
  }
}

function curl({ method, url, body, key, sendsFile, getsFile, streams }: Call): string {
  const parts = [
    `curl ${streams ? '-N ' : ''}${getsFile ? '-o file ' : ''}${method === 'GET' ? '' : `-X ${method} `}'${url}'`,
    ...(key ? ['-H "X-API-Key: $ADMIN_API_KEY"'] : []),
    ...(sendsFile ? [`--data-binary '@${FILE}'`] : []),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`]),
  ]
  return parts.join(' \\\n  ')
}

function javascript(call: Call): string {
  const use = call.getsFile ? 'await response.blob()' : 'await response.json()'
  return `const response = await fetch('${call.url}'${fetchOptions(call)})\nconsole.log(${use})`
}

function javascriptStream(call: Call): string {
  if (call.method === 'GET') {
    return `const source = new EventSource('${call.url}')
source.onmessage = ({ data }) => {
  const event = JSON.parse(data)
  console.log(event)
  if (event.done) source.close()
}`
  }
  return `const response = await fetch('${call.url}'${fetchOptions(call)})
for await (const piece of response.body.pipeThrough(new TextDecoderStream())) console.log(piece)`
}

function fetchOptions({ method, body, key, sendsFile }: Call): string {
  const headers = [
    ...(body === undefined ? [] : ["'Content-Type': 'application/json'"]),
    ...(key ? ["'X-API-Key': process.env.ADMIN_API_KEY"] : []),
  ]
  const lines = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length > 0 ? [`  headers: { ${headers.join(', ')} },`] : []),
    ...(sendsFile ? ["  body: document.querySelector('input[type=file]').files[0],"] : []),
    ...(body === undefined ? [] : [`  body: JSON.stringify(${indented(JSON.stringify(body, null, 2), '  ')}),`]),
  ]
  return lines.length > 0 ? `, {\n${lines.join('\n')}\n}` : ''
}

function python({ method, url, body, key, sendsFile, getsFile, streams }: Call): string {
  const lines = [
    `    "${url}",`,
    ...(body === undefined ? [] : [`    json=${indented(pythonLiteral(body), '    ')},`]),
    ...(sendsFile ? [`    data=open("${FILE}", "rb"),`] : []),
    ...(key ? ['    headers={"X-API-Key": os.environ["ADMIN_API_KEY"]},'] : []),
    ...(streams ? ['    stream=True,'] : []),
  ]
  const call = `response = requests.${method.toLowerCase()}(\n${lines.join('\n')}\n)`
  const use = streams
    ? 'for line in response.iter_lines(decode_unicode=True):\n    print(line)'
    : getsFile
      ? 'open("file", "wb").write(response.content)'
      : 'print(response.json())'
  return `${key ? 'import os\n\n' : ''}import requests\n\n${call}\n${use}`
}

/** A JSON value as Python writes it. */
function pythonLiteral(value: unknown, depth = 1): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  const pad = '    '.repeat(depth)
  const entries = Array.isArray(value)
    ? value.map((item) => pythonLiteral(item, depth + 1))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pythonLiteral(item, depth + 1)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return entries.length === 0
    ? `${open}${close}`
    : `${open}\n${entries.map((entry) => `${pad}${entry},`).join('\n')}\n${'    '.repeat(depth - 1)}${close}`
}

function indented(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`)
}
