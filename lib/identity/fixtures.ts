import type { OperatorAccount, OperatorLine, OperatorStore } from './ports.ts'

/** Accounts in plain maps, for tests. */
export function memoryOperators(): OperatorStore {
  const accounts = new Map<string, OperatorAccount & { passwordHash: string }>()
  const lines = new Map<string, OperatorLine>()
  const shown = ({ passwordHash: _, ...account }: OperatorAccount & { passwordHash: string }) => account
  return {
    count: async () => accounts.size,
    all: async () => [...accounts.values()].map(shown),
    byId: async (id) => {
      const found = accounts.get(id)
      return found && shown(found)
    },
    byLogin: async (login) => [...accounts.values()].find((account) => account.login === login),
    add: async (account, passwordHash) => void accounts.set(account.id, { ...account, passwordHash }),
    async change(account) {
      const known = accounts.get(account.id)
      if (known) accounts.set(account.id, { ...known, ...account })
    },
    async setPassword(id, passwordHash) {
      const known = accounts.get(id)
      if (known) accounts.set(id, { ...known, passwordHash })
    },
    openLine: async (line) => void lines.set(line.hash, line),
    async line(hash) {
      const line = lines.get(hash)
      const account = line && accounts.get(line.operator)
      return line && account && { ...line, account: shown(account) }
    },
    async noteUse(hash, at) {
      const line = lines.get(hash)
      if (line) line.usedAt = at
    },
    closeLine: async (hash) => void lines.delete(hash),
    async closeLines(operator) {
      for (const line of lines.values()) if (line.operator === operator) lines.delete(line.hash)
    },
  }
}
