import fc from 'fast-check'

/** Values that programs trip over, for the bodies, queries and frames of generated requests. */

const oddTexts = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\udfff\ud800',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%',
  '%00',
  '%E0%A4%A',
  '%ff',
  "'; DROP TABLE events; --",
  '<script>alert(1)</script>',
  '\r\nSet-Cookie: a=b',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦'.repeat(40),
  '9'.repeat(400),
  '1e309',
  'NaN',
  '-0',
  'a:b:c',
  'null',
  '~',
]

export const oddText = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 200 }))

const oddNumber = fc.oneof(
  fc.constantFrom(-1, 0, -0, 0.5, 1e21, 2 ** 31, 2 ** 53, -(2 ** 63), Number.MAX_VALUE, Number.MIN_VALUE),
  fc.integer(),
  fc.double({ noNaN: true }),
)

const fields = [
  ...['type', 'message', 'content', 'text', 'session_id', 'session_token', 'stream', 'client_msg_id', 'visitor', 'id', 'messages'],
  ...['role', 'parts', 'rating', 'message_id', 'comment', 'reason', 'is_typing', 'seq', 'after', 'epoch', 'deltas', 'token', 'locale'],
  ...['query', 'category', 'offset', 'sku', 'email', 'pin', 'customer_id', 'order_id', 'items', 'quantity', 'unit_price', 'status'],
  ...['__proto__', 'constructor', 'prototype', 'toJSON', 'then', ''],
]
const types = [
  'message',
  'text',
  'hello',
  'typing',
  'read',
  'stop',
  'handoff',
  'close',
  'feedback',
  'ping',
  'edit',
  'take',
  '__proto__',
  'x',
]

/** Any JSON value with the protocol's own field names in wrong places. */
const oddValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  object: fc
    .array(fc.tuple(fc.constantFrom(...fields), fc.oneof({ weight: 3, arbitrary: tie('value') }, fc.constantFrom(...types))), {
      maxLength: 5,
    })
    // Defined, not assigned: `__proto__` has to arrive as a key.
    .map((pairs) => Object.defineProperties({}, Object.fromEntries(pairs.map(([key, value]) => [key, { value, enumerable: true }])))),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    oddText,
    oddNumber,
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
})).value

/** An object whose `type` is one of the protocol's and whose other fields fit by chance only. */
const oddObject = fc
  .tuple(fc.constantFrom(...types, undefined), fc.dictionary(fc.constantFrom(...fields.slice(1)), oddValue, { maxKeys: 4 }))
  .map(([type, rest]) => (type === undefined ? rest : { type, ...rest }))

const deep = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count)

/** Text that begins like JSON, most of which is none or not what is expected. */
export const oddJson = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(oddValue, oddObject).map((value) => JSON.stringify(value) ?? '') },
  { weight: 3, arbitrary: oddObject.chain((value) => cut(JSON.stringify(value))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      deep(5000, '[', ']'),
      deep(3000, '{"a":', '}'),
      deep(2000, '{"message":[', ']}'),
      '{"message":1e999}',
      '{"type":"read","seq":123456789012345678901234567890}',
      '{"message":"\\ud800"}',
      '{"message":"\\u0000","client_msg_id":"\\u0000"}',
      '{"a":1,"a":2,"type":"ping","type":"x"}',
      '{"__proto__":{"type":"stop"},"constructor":{"prototype":{"type":"stop"}}}',
      '{',
      '{}',
      '{"message":{"toString":1}}',
      '\ufeff{"message":5}',
    ),
  },
)

/** A text cut off somewhere, or with one character of it replaced. */
function cut(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.constantFrom('', '\0', '"', '}', ',', '\\', '\ud800'))
    .map(([at, by]) => (by === '' ? text.slice(0, at) : text.slice(0, at) + by + text.slice(at + 1)))
}
