import { createContext, useContext } from 'react'
import type { StoredEvent } from '#lib/protocol/events.ts'
import type { SessionState } from '#lib/protocol/state.ts'
import { lastTold, latestOrders, latestSignIn, type OrderNow } from './standing.ts'

/** What a card must know of the session around it. */
export interface Shop {
  /** Who is signed in. */
  customer: SessionState['customer']
  /** What is known of each order by now, by its id. */
  orders: ReadonlyMap<string, OrderNow>
  /** The answer whose form for signing in is the one to fill in. */
  signIn: string | undefined
  /** The seq of the last answer that tells what came of something the visitor approved or took back. */
  told: number
}

export function shopIn(items: readonly StoredEvent[], customer: SessionState['customer']): Shop {
  return {
    customer,
    orders: latestOrders(items),
    signIn: latestSignIn(items),
    told: lastTold(items),
  }
}

export const ShopContext = createContext<Shop>(shopIn([], undefined))

export function useShop(): Shop {
  return useContext(ShopContext)
}
