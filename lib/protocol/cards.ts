import { z } from 'zod'

/**
 * What an answer can show beside its words: things of the shop, as data that a page lays out. A card is always made by our code from
 * what a tool returned, never by a model.
 */

/** An amount as the shop writes it, `166.85`. */
export const money = z.string().regex(/^\d{1,9}\.\d{2}$/)

const sku = z.string().min(1).max(40)

export const productCard = z
  .object({
    kind: z.literal('product'),
    sku,
    name: z.string(),
    category: z.string().optional(),
    price: money,
    currency: z.string(),
    stock: z.number().int().nonnegative().optional().describe('Units on hand; absent where the shop does not say.'),
    details: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .optional()
      .describe('What it is made of, most telling first.'),
  })
  .meta({ id: 'ProductCard' })

export const orderCard = z
  .object({
    kind: z.literal('order'),
    order_id: z.string().optional().describe('Absent while the order is only proposed.'),
    status: z.enum(['proposed', 'draft', 'submitted', 'approved', 'fulfilled', 'cancelled']),
    payment: z.string().optional(),
    items: z.array(z.object({ sku, name: z.string().optional(), quantity: z.number().int().positive(), unit_price: money })),
    total: money,
    currency: z.string(),
    placed_at: z.string().optional().describe('ISO 8601.'),
    tracking: z.string().optional(),
    undo: z
      .object({ effect_id: z.string(), until: z.string() })
      .optional()
      .describe('The order can be taken back with the action `undo` until then (ISO 8601).'),
  })
  .meta({ id: 'OrderCard' })

/** A form for e-mail and PIN: what is typed there never becomes a message. */
const signInCard = z
  .object({ kind: z.literal('sign_in'), email: z.string().optional().describe('What the visitor has said already.') })
  .meta({ id: 'SignInCard' })

export const card = z.discriminatedUnion('kind', [productCard, orderCard, signInCard]).meta({ id: 'Card' })

export type Card = z.infer<typeof card>
export type ProductCard = z.infer<typeof productCard>
export type OrderCard = z.infer<typeof orderCard>
