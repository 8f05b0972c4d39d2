import { createMoney } from './cards/money.ts'
import type { Chat } from './chat-context.ts'
import { createClock } from './time.ts'

const nowhere = () => Promise.reject(new Error('no desk is there'))

/** A chat in which nothing is done: for what is drawn. */
export const idleChat: Chat = {
  deskName: 'Desk',
  clock: createClock('en', 'UTC'),
  money: createMoney('en-US'),
  regenerates: false,
  say() {},
  act: async () => true,
  rest() {},
  retry() {},
  discard() {},
  notify() {},
  edit() {},
  fileUrl: () => undefined,
  upload: nowhere,
  signIn: nowhere,
  approve: nowhere,
  undo: nowhere,
}
