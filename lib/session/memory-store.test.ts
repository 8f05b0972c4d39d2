import { createMemoryStore, emptyData } from './memory-store.ts'
import { sessionStoreContract } from './session-store.contract.ts'

sessionStoreContract('plain memory', async (now) => {
  const data = emptyData()
  const open = () => createMemoryStore(now, data)
  return { store: open(), reopen: async () => open(), close: async () => undefined }
})
