import type { ToolDefinition } from './definition.ts'

/**
 * Who may have which tool called. The shop's tools are known by their names: what they do, what a model is told of them and which of
 * their arguments it may fill in stands here, whatever their server says. Any other tool is off until the owner names it.
 */

/**
 * `public`: anybody; `signed_in`: a customer whose identity is proved; `approval`: the customer's own click each time;
 * `internal`: our code alone.
 */
export type Access = 'public' | 'signed_in' | 'approval' | 'internal'

export interface KnownTool {
  access: Access
  description: string
  /** A JSON schema of what a model may fill in. */
  parameters: Record<string, unknown>
}

export type ShopToolName =
  | 'list_products'
  | 'search_products'
  | 'get_product'
  | 'get_customer'
  | 'list_orders'
  | 'get_order'
  | 'create_order'
  | 'cancel_order'
  | 'verify_customer_pin'

/** Units of one product in one order, and lines of one order, at most. */
export const UNITS_MAX = 99
export const LINES_MAX = 20

const text = (description: string, maxLength: number) => ({ type: 'string', description, minLength: 1, maxLength })
const sku = text('The product code, like MON-0054', 40)
const orderId = text('The id of the order', 64)

function object(properties: Record<string, unknown>, required = Object.keys(properties)): Record<string, unknown> {
  return { type: 'object', properties, required, additionalProperties: false }
}

export const shopTools: Record<ShopToolName, KnownTool> = {
  list_products: {
    access: 'public',
    description: 'Lists the products that are sold, with prices and stock: all of them, or one category.',
    parameters: object({ category: text('Computers, Monitors, Printers, Accessories or Networking', 60) }, []),
  },
  search_products: {
    access: 'public',
    description: 'Finds products by words: what they are, what they have, their name or their code.',
    parameters: object({ query: text('What is looked for, like "27 inch 4K monitor"', 200) }),
  },
  get_product: {
    access: 'public',
    description: 'One product by its code: price, stock and specifications.',
    parameters: object({ sku }),
  },
  get_customer: {
    access: 'signed_in',
    description: 'The account of the customer who is signed in: name and e-mail.',
    parameters: object({}),
  },
  list_orders: {
    access: 'signed_in',
    description: 'The orders of the customer who is signed in, the latest first.',
    parameters: object({ status: { type: 'string', enum: ['draft', 'submitted', 'approved', 'fulfilled', 'cancelled'] } }, []),
  },
  get_order: {
    access: 'signed_in',
    description: 'One order of the customer who is signed in: state, payment, items, tracking.',
    parameters: object({ order_id: orderId }),
  },
  create_order: {
    access: 'approval',
    description:
      'Prepares an order for the customer who is signed in. Nothing is ordered until they approve what is shown to them. ' +
      'Prices are those of the catalogue.',
    parameters: object({
      items: {
        type: 'array',
        minItems: 1,
        maxItems: LINES_MAX,
        items: object({ sku, quantity: { type: 'integer', minimum: 1, maximum: UNITS_MAX } }),
      },
    }),
  },
  cancel_order: {
    access: 'approval',
    description:
      'Prepares to cancel an order of the customer who is signed in, while it is still submitted. ' +
      'Nothing is cancelled until they approve it.',
    parameters: object({ order_id: orderId }),
  },
  verify_customer_pin: { access: 'internal', description: 'Checks an e-mail address and a PIN.', parameters: object({}) },
}

export function isShopTool(name: string): name is ShopToolName {
  return Object.hasOwn(shopTools, name)
}

/** Tools of other servers that the owner allows, by the names under which they are offered. */
export interface Allowed {
  public: ReadonlySet<string>
  signedIn: ReadonlySet<string>
}

/** Arguments that say for whom a tool acts. Our code fills them in with the verified customer; no model sees them. */
export const identityArguments = ['customer_id', 'customer_email', 'user_id', 'user_email', 'email'] as const

export type Ruling = { access: Access } | { off: OffReason }

/** Why a tool is not offered. */
export type OffReason =
  /** The owner did not name it. */
  | 'not_allowed'
  /** It changes something, and the desk cannot show a visitor what. */
  | 'changes_something'
  /** It wants to know for whom it acts, and is to be public. */
  | 'needs_identity'
  /** Another tool has its name. */
  | 'name_taken'
  /** Its definition is not the one that was trusted. */
  | 'changed'
  /** It was not there when the server was first seen. */
  | 'new'
  /** Its definition speaks to a model. */
  | 'speaks_to_model'

/** What holds for a tool of a server that is not the shop. */
export function ruling(name: string, { readOnly, inputSchema }: ToolDefinition, allowed: Allowed): Ruling {
  const isPublic = allowed.public.has(name)
  if (!isPublic && !allowed.signedIn.has(name)) return { off: 'not_allowed' }
  if (readOnly === false) return { off: 'changes_something' }
  const required: unknown[] = Array.isArray(inputSchema.required) ? inputSchema.required : []
  if (isPublic && identityArguments.some((argument) => required.includes(argument))) return { off: 'needs_identity' }
  return { access: isPublic ? 'public' : 'signed_in' }
}

/** A schema without what our code fills in, and closed to anything else. */
export function openParameters({ inputSchema }: Pick<ToolDefinition, 'inputSchema'>): Record<string, unknown> {
  const isOpen = (name: string) => !(identityArguments as readonly string[]).includes(name)
  const properties = Object.entries((inputSchema.properties ?? {}) as Record<string, unknown>).filter(([name]) => isOpen(name))
  const required = Array.isArray(inputSchema.required) ? inputSchema.required.filter((name) => isOpen(String(name))) : []
  return { ...inputSchema, type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false }
}
