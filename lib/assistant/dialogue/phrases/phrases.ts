import type { OrderCard } from '#lib/protocol/cards.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { vi } from './vi.ts'

/** What the assistant says about the shop in its own words; what it says about products and orders is put into them. */
export interface ShopPhrases {
  greeting: (desk: string) => string
  greetingKnown: (name: string) => string
  welcome: (name: string) => string
  afterWelcome: string
  wrong: string
  locked: string
  unavailable: string
  askBoth: string
  askPin: string
  askEmail: string
  signInFor: Record<'order' | 'orders' | 'status' | 'cancel', string>
  signInToLook: string
  signedInAs: (name: string) => string
  notSignedIn: string
  signOutHint: string

  found: (count: number, category: string | undefined) => string
  more: (count: number) => string
  nothingFound: string
  nearestInstead: string
  stock: (count: number | undefined) => string
  detail: (name: string, sku: string, price: string, stock: string) => string
  taken: (written: string, sku: string) => string
  unknownProduct: (written: string) => string
  didYouMean: string
  whichProduct: string
  whichOfThese: string
  cheaper: (cheap: string, dear: string, difference: string) => string
  samePrice: string
  needTwo: string

  propose: (summary: string) => string
  proposeCancel: (summary: string) => string
  approveYourself: (summary: string) => string
  askedAgain: string
  withdrawn: string
  nothingOpen: string
  notEnough: (sku: string, there: number, wanted: number) => string
  takeThose: (count: number) => string
  soldOut: (sku: string) => string
  badQuantity: string
  tooMany: (most: number) => string
  mayNotOrder: string

  orders: (count: number) => string
  noOrders: string
  order: (id: string, status: string) => string
  orderHolds: (items: string, total: string) => string
  tracking: (tracking: string) => string
  noTracking: string
  moreOrders: (count: number) => string
  unknownOrder: (id: string) => string
  whichOrder: string
  statuses: Record<OrderCard['status'], string>
  tooLateToCancel: (id: string, status: string) => string
  nothingToCancel: string

  shopDown: string
  cannot: string

  /** Replies that are offered; each is understood when it is sent. */
  reply: {
    show: (category: string) => string
    more: string
    order: (sku: string, quantity?: number) => string
    compare: string
    orders: string
    track: string
    cancel: (id: string) => string
  }
}

const byLanguage: Record<string, ShopPhrases> = { de, en, es, fr, vi }

/** The phrases of a language, English where it is not spoken. */
export function shopPhrasesIn(language: string): ShopPhrases {
  return byLanguage[language.slice(0, 2)] ?? en
}
