import type { Effect, EffectState, Pin, ToolStore } from '#lib/tools/ports.ts'
import type { Database } from './database.ts'
import type { EffectRow } from './schema.ts'

/** What is kept of tools. A resolved promise is on the disk. */
export function createToolStore({ read, transact }: Database): ToolStore {
  return {
    pins: (server) => read.selectFrom('tool_pins').select(['name', 'fingerprint']).where('server', '=', server).execute(),

    async pin(server, pins, at) {
      const rows = pins.map((pin: Pin) => ({ server, at, ...pin }))
      if (rows.length === 0) return
      await transact((tx) =>
        tx
          .insertInto('tool_pins')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['server', 'name']).doUpdateSet((row) => ({ fingerprint: row.ref('excluded.fingerprint'), at })),
          )
          .execute(),
      )
    },

    async record({ customerId = null, session: session_key, args, ...call }) {
      const row = { ...call, session_key, customer_id: customerId, args: JSON.stringify(args) }
      await transact((tx) => tx.insertInto('tool_calls').values(row).execute())
    },

    async forgetCalls(before) {
      await transact((tx) => tx.deleteFrom('tool_calls').where('at', '<', before).execute())
    },

    async effect(key) {
      const row = await read.selectFrom('effects').selectAll().where('key', '=', key).executeTakeFirst()
      return row && effectOf(row)
    },

    async beginEffect(effect) {
      return transact(async (tx) => {
        const { session: session_key, customerId: customer_id, updatedAt: updated_at, ...rest } = effect
        const texts = { args: JSON.stringify(effect.args), before: jsonOf(effect.before), result: null }
        const row = { ...rest, ...texts, session_key, customer_id, updated_at }
        await tx
          .insertInto('effects')
          .values(row)
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute()
        return effectOf(await tx.selectFrom('effects').selectAll().where('key', '=', effect.key).executeTakeFirstOrThrow())
      })
    },

    async moveEffect(key, from, { state, result, at }) {
      return transact(async (tx) => {
        const set = { state, updated_at: at, ...(result === undefined ? {} : { result: JSON.stringify(result) }) }
        const done = await tx.updateTable('effects').set(set).where('key', '=', key).where('state', '=', from).executeTakeFirst()
        return done.numUpdatedRows > 0n
      })
    },

    async unsettledEffects(before, limit) {
      const rows = await read
        .selectFrom('effects')
        .selectAll()
        .where('state', '=', 'sent')
        .where('updated_at', '<', before)
        .orderBy('updated_at')
        .limit(limit)
        .execute()
      return rows.map(effectOf)
    },
  }
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function effectOf({ session_key, customer_id, updated_at, args, before, result, state, ...row }: EffectRow): Effect {
  return {
    ...row,
    session: session_key,
    customerId: customer_id,
    updatedAt: updated_at,
    state: state as EffectState,
    args: JSON.parse(args) as Effect['args'],
    ...(before === null ? {} : { before: JSON.parse(before) as string[] }),
    ...(result === null ? {} : { result: JSON.parse(result) as NonNullable<Effect['result']> }),
  }
}
