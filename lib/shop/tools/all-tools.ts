import { getCustomer, verifyCustomerPin } from './customers.ts'
import { searchKnowledge } from './knowledge.ts'
import { cancelOrder, createOrder, getOrder, listOrders } from './orders.ts'
import { getProduct, listProducts, searchProducts } from './products.ts'
import type { Tool } from './tool.ts'

/** All tools of the shop: the eight of the original server, one to cancel, and one for the articles. */
export const tools: Tool[] = [
  listProducts,
  searchProducts,
  getProduct,
  getCustomer,
  verifyCustomerPin,
  listOrders,
  getOrder,
  createOrder,
  cancelOrder,
  searchKnowledge,
]
