import type { OperatorAccount, OperatorLine, OperatorStore } from '#lib/identity/ports.ts'
import type { Database } from './database.ts'
import type { OperatorRow } from './schema.ts'

/** Operators and the browsers they are signed in with. */
export function createOperatorStore({ read, transact }: Database): OperatorStore {
  const write = <T>(work: Parameters<typeof transact<T>>[0]) => transact(work)

  return {
    async count() {
      const { total } = await read
        .selectFrom('operators')
        .select(({ fn }) => fn.countAll().as('total'))
        .executeTakeFirstOrThrow()
      return Number(total)
    },
    all: async () => (await read.selectFrom('operators').selectAll().orderBy('login').execute()).map(accountOf),
    async byId(id) {
      const row = await read.selectFrom('operators').selectAll().where('id', '=', id).executeTakeFirst()
      return row && accountOf(row)
    },
    async byLogin(login) {
      const row = await read.selectFrom('operators').selectAll().where('login', '=', login).executeTakeFirst()
      return row && { ...accountOf(row), passwordHash: row.password_hash }
    },
    add: (account, passwordHash) =>
      write(
        async (db) =>
          void (await db
            .insertInto('operators')
            .values({ ...rowOf(account), password_hash: passwordHash })
            .execute()),
      ),
    change: (account) =>
      write(async (db) => void (await db.updateTable('operators').set(rowOf(account)).where('id', '=', account.id).execute())),
    setPassword: (id, password_hash) =>
      write(async (db) => void (await db.updateTable('operators').set({ password_hash }).where('id', '=', id).execute())),
    openLine: ({ hash, operator, openedAt, usedAt }) =>
      write(
        async (db) =>
          void (await db.insertInto('operator_lines').values({ hash, operator, opened_at: openedAt, used_at: usedAt }).execute()),
      ),
    async line(hash) {
      const row = await read
        .selectFrom('operator_lines')
        .innerJoin('operators', 'operators.id', 'operator_lines.operator')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row && { ...lineOf(row), account: accountOf(row) }
    },
    noteUse: (hash, at) =>
      write(async (db) => void (await db.updateTable('operator_lines').set({ used_at: at }).where('hash', '=', hash).execute())),
    closeLine: (hash) => write(async (db) => void (await db.deleteFrom('operator_lines').where('hash', '=', hash).execute())),
    closeLines: (operator) => write(async (db) => void (await db.deleteFrom('operator_lines').where('operator', '=', operator).execute())),
  }
}

function accountOf({ id, login, name, role, disabled }: Omit<OperatorRow, 'password_hash'>): OperatorAccount {
  return { id, login, name, role: role as OperatorAccount['role'], disabled: disabled !== 0 }
}

function rowOf({ id, login, name, role, disabled }: OperatorAccount): Omit<OperatorRow, 'password_hash'> {
  return { id, login, name, role, disabled: disabled ? 1 : 0 }
}

function lineOf(row: { hash: string; operator: string; opened_at: number; used_at: number }): OperatorLine {
  return { hash: row.hash, operator: row.operator, openedAt: Number(row.opened_at), usedAt: Number(row.used_at) }
}
