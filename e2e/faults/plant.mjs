// Plants one bug, named by FRONTDESK_PLANT, into the desk as its files are loaded: a test of the test. The code
// itself knows nothing of this. A plant whose place is gone ends the process, so that it cannot pass unnoticed.
import { registerHooks } from 'node:module'

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
        'if (next.done) return await finish',
        'if (next.done) console.log("ending " + turn.messageId)\n        if (next.done) await new Promise((resolve) => setTimeout(resolve, 700))\n        if (next.done) return await finish',
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
}

const plant = plants[process.env.FRONTDESK_PLANT ?? '']
if (!plant) throw new Error(`there is no plant ${process.env.FRONTDESK_PLANT}`)

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const changes = Object.entries(plant).find(([file]) => url.endsWith(`/${file}`))?.[1]
    if (!changes) return loaded
    let source = String(loaded.source)
    for (const [from, to] of changes) {
      if (!source.includes(from)) {
        console.error(`the plant ${process.env.FRONTDESK_PLANT} does not fit ${url} any more: ${from}`)
        process.exit(99)
      }
      source = source.replace(from, to)
    }
    return { ...loaded, source }
  },
})
