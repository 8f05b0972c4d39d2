/** What the cards of the shop, and signing in to it, say to a visitor. A part of `texts`. */

const fallback = {
  title: 'Please confirm',
  approve: 'Confirm',
  reject: 'Not now',
  sending: 'Sending…',
  approved: 'You confirmed this.',
  carriedOut: 'You confirmed this. It is being done…',
  rejected: 'You decided against this. Nothing was done.',
}

/** By the tool that waits for the visitor's approval. */
const approvals: Record<string, typeof fallback> = {
  create_order: {
    title: 'Place this order?',
    approve: 'Place the order',
    reject: 'Not now',
    sending: 'Placing the order…',
    approved: 'You approved this order.',
    carriedOut: 'You approved this order. It is being placed…',
    rejected: 'You decided not to order. Nothing was ordered.',
  },
  cancel_order: {
    title: 'Cancel this order?',
    approve: 'Cancel the order',
    reject: 'Keep it',
    sending: 'Cancelling the order…',
    approved: 'You approved the cancellation.',
    carriedOut: 'You approved the cancellation. It is being done…',
    rejected: 'You kept the order. Nothing was changed.',
  },
}

export const shopTexts = {
  // Products
  products: 'Products',
  stock: (units: number) => `In stock: ${units.toLocaleString('en')}`,
  lastUnits: (units: number) => `Only ${units} left`,
  noStock: 'Out of stock',
  order: 'Order',
  orderOf: (sku: string) => `Order ${sku}`,
  details: 'Details',
  detailsOf: (sku: string) => `Details of ${sku}`,
  showMore: (count: number) => `Show ${count} more`,
  /** What the visitor says by pressing a button. */
  say: {
    order: (items: ReadonlyArray<{ sku: string; quantity: number }>) =>
      `I want to order ${items.map(({ sku, quantity }) => (quantity === 1 ? sku : `${quantity} ${sku}`)).join(' and ')}`,
    details: (sku: string) => `Tell me more about ${sku}`,
  },

  // Orders
  orderTitle: (id: string) => `Order ${id}`,
  orderWithoutId: 'Your order',
  copyOrderId: 'Copy the order number',
  statuses: {
    proposed: 'Proposed',
    draft: 'Draft',
    submitted: 'Submitted',
    approved: 'Approved',
    fulfilled: 'Fulfilled',
    cancelled: 'Cancelled',
  },
  progress: 'Progress',
  items: 'Items',
  since: 'Since then:',
  each: (price: string) => `${price} each`,
  total: 'Total',
  placed: 'Placed',
  payment: 'Payment',
  tracking: 'Tracking',
  undo: 'Undo this order',
  undoLeft: 'You can still take it back for',
  undoing: 'Taking it back…',
  undoOver: 'The time to take it back here is over.',

  // Approvals
  approval: (tool: string) => approvals[tool] ?? fallback,
  nothingYet: 'Nothing happens before you confirm.',
  timeLeft: 'Valid for',
  expired: 'The time to confirm this is over. Nothing was done.',
  void: 'This is no longer valid, because the sign-in has changed. Nothing was done.',
  askAgain: 'Ask again',

  // Signing in
  signIn: 'Sign in',
  signOut: 'Sign out',
  signInHint: 'With the e-mail address and the PIN of your customer account. The PIN is used once and not kept.',
  email: 'E-mail',
  pin: 'PIN',
  pinHint: 'Four digits',
  showPin: 'Show the PIN',
  hidePin: 'Hide the PIN',
  signingIn: 'Signing in…',
  signedInAs: (name: string) => `Signed in as ${name}`,
  signedOut: 'Signed out. What is shown here stays in this browser until you start a new conversation.',
  vouched: 'The site you came from has told us who you are.',
  needsEmail: 'Please write your e-mail address.',
  needsPin: 'The PIN has four digits.',
  signInFailed: {
    wrong: 'The e-mail address or the PIN is wrong.',
    locked: 'There were too many attempts.',
    unavailable: 'Signing in does not work at the moment. Please try it again, or ask for a person.',
  },
  lockedFor: 'Try it again in',
  signOutQuestion: 'Sign out now?',
  signOutWarning: 'What is being answered stops, and what waits for your approval is no longer valid.',
  pinRemoved: 'PIN not kept',
  stay: 'Stay signed in',
}
