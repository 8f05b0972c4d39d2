// Plants one bug, named by FRONTDESK_PLANT, into the desk as its files are loaded: a test of the test.
import { changeSource } from './changed-source.mjs'

const plants = {
  // An acknowledgement that does not wait for the disk.
  'ack-before-commit': {
    'lib/store/sqlite-database.ts': [
      [
        '      writer.commit.run()',
        '      for (const settle of outcomes.splice(0)) settle()\n      await new Promise((resolve) => setTimeout(resolve, 60))\n      writer.commit.run()',
      ],
    ],
  },
  // Nothing recognises a message that comes again.
  'no-deduplication': {
    'lib/session/asking.ts': [
      ['client_msg_id === undefined ? undefined : tx.messageByClientId(client_msg_id)', 'undefined as StoredMessage | undefined'],
    ],
    'lib/store/migrations.ts': [['          .unique()\n', '']],
  },
  // What is written between reading and listening is missed.
  'snapshot-before-subscribe': {
    'lib/session/log.ts': [
      [
        '    const inbox = openInbox(bus, ref.key, log, signal)\n    try {\n      const { after, ...start } = await locate(ref, log, cursor)',
        '    let inbox = undefined as never as Inbox\n    try {\n      const { after, ...start } = await locate(ref, log, cursor)\n      const seen = await store.read(ref, log, after, 10_000)\n      await new Promise((resolve) => setTimeout(resolve, 40))\n      inbox = openInbox(bus, ref.key, log, signal)\n      const head = seen.at(-1)?.seq ?? after\n      return { start, async *[Symbol.asyncIterator]() { yield* seen; for await (const event of stream(ref, log, head, head, deltas, inbox)) yield event } }',
      ],
    ],
  },
  // Every other time nobody is told that the log has grown.
  'lost-wake-up': {
    'lib/desk.ts': [['if (events.length > 0) bus.publish(', 'if (events.length > 0 && Math.random() > 0.5) bus.publish(']],
  },
  // A new process does not ask what the one before left open.
  'no-recovery': {
    'lib/desk.ts': [
      ['await turns.recover()', 'await Promise.resolve()'],
      ['run: turns.sweep }', 'run: async () => undefined }'],
    ],
  },
  // A worker that was overtaken writes its answer all the same.
  'no-fence': {
    'lib/session/turn.ts': [
      [
        '  const owned = turn?.attempt === attempt && turn.holderVersion === tx.session.holderVersion\n  if (!turn || !owned) throw new Overtaken()\n  return turn',
        '  return turn ?? ({ id, attempt } as OpenTurn)',
      ],
      ['if (signal.aborted) throw new Overtaken()', ''],
      // As for a worker in another process: nobody can tell it to stop.
      ['    other?.abort.abort()\n', ''],
      ['        worker.abort.abort()\n', ''],
      [
        'if (!(await bus.append(ref.key, turn.messageId, offset, next.value))) throw new Overtaken()',
        'await bus.append(ref.key, turn.messageId, offset, next.value)',
      ],
    ],
  },
  // A number that is counted outside of the transaction that uses it.
  'loose-numbers': {
    'lib/store/session-store.ts': [
      [
        'session.seq[log] += 1\n      const seq = session.seq[log]',
        'session.seq[log] += Math.random() < 0.02 ? 2 : 1\n      const seq = session.seq[log]',
      ],
    ],
  },
  // A reader that joins a running answer is told it from the wrong place.
  'offset-ignored': {
    'lib/session/log.ts': [
      [
        "const piece = continued({ type: 'delta', message_id: messageId, offset: 0, text, citations })",
        "const piece = { type: 'delta', message_id: messageId, offset: 0, text: text + text, citations } as const",
      ],
    ],
  },
  // A reader that comes back is told everything again.
  'cursor-ignored': {
    'lib/session/log.ts': [['after: Math.max(recovered ? cursor.after : 0, floor)', 'after: 0 * floor']],
  },
  // The moment between an answer's last piece and its message is long enough to die in.
  'slow-end': {
    'lib/session/turn.ts': [
      [
        'if (next.done) return await conclude',
        'if (next.done) console.log("ending " + turn.messageId)\n        if (next.done) await new Promise((resolve) => setTimeout(resolve, 700))\n        if (next.done) return await conclude',
      ],
    ],
  },
  // An interrupted answer begins again in the same message.
  'same-message-again': {
    'lib/session/turn.ts': [
      ['      turn.messageId = messageId()\n', ''],
      ["const events = turn.shown ? await write(tx, partial(turn, 'interrupted', turn.shown)) : []", 'const events: StoredEvent[] = []'],
    ],
  },
  // No bug: a shop that knows nothing of keys, as a foreign one may be, and a desk that is told so.
  'no-keys': {
    'lib/tools/shop/client.ts': [['tool.server.own || tool.definition.honoursKeys', 'false']],
    'lib/tools/effects/ledger.ts': [['meta: { [IDEMPOTENCY_KEY]: effect.key }', 'meta: {}']],
  },
  // The shop forgets which orders it made for which key.
  'key-ignored': {
    'lib/shop/orders.ts': [
      ['key === undefined ? undefined : await tx.orderOfKey(key)', 'undefined as { orderId: string; fingerprint: string } | undefined'],
      ['if (key !== undefined) await tx.keepKey', 'if (key === null) await tx.keepKey'],
    ],
  },
  // What was sent and has no answer is sent again, as if it were new.
  'sent-again': {
    'lib/tools/effects/ledger.ts': [
      ['    return settle(effect, signal)\n  }\n\n  /** Writes down', '    return send(effect, signal)\n  }\n\n  /** Writes down'],
      ['meta: { [IDEMPOTENCY_KEY]: effect.key }', 'meta: {}'],
    ],
  },
  // What was sent and has no answer is told as if nothing had happened.
  'guessed-end': {
    'lib/tools/effects/ledger.ts': [
      [
        '    return settle(effect, signal)\n  }\n\n  /** Writes down',
        "    return end(effect, { state: 'refused', result: {} })\n  }\n\n  /** Writes down",
      ],
    ],
  },
}

const plant = plants[process.env.FRONTDESK_PLANT ?? '']
if (!plant) throw new Error(`there is no plant ${process.env.FRONTDESK_PLANT}`)

changeSource(plant, `the plant ${process.env.FRONTDESK_PLANT}`)
