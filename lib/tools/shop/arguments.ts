import { z } from 'zod'
import { cleanLine } from '../clean.ts'
import { LINES_MAX, type ShopToolName, UNITS_MAX } from '../policy.ts'

/**
 * What a model may say to the shop's tools. Whatever else it says is dropped: for whom, at what price and in which currency is
 * filled in by our code.
 */

const categoryCodes = 'COM|MON|PRI|ACC|NET'

/** `mon 54`, `MON–0054` and `mon0054` as the shop writes it: MON-0054. */
function toSku(text: string): string {
  const code = text
    .trim()
    .toUpperCase()
    .replace(/[\s_\p{Pd}]+/gu, '-')
    .replace(/^\[|\]$/g, '')
  const [, kind, number = ''] = new RegExp(`^(${categoryCodes})-?(\\d{1,4})$`).exec(code) ?? []
  return kind === undefined ? code : `${kind}-${number.padStart(4, '0')}`
}

const sku = z
  .string()
  .max(60)
  .transform(toSku)
  .pipe(z.string().regex(/^[A-Z0-9][A-Z0-9._/-]{1,39}$/, 'A product code looks like MON-0054.'))

const orderId = z
  .string()
  .trim()
  .regex(/^#?[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'An order id is what the list of orders shows.')
  .transform((id) => id.replace(/^#/, ''))

/** `2` and `"2"` are numbers of units; `2.5`, `-1` and `1e9` are none. */
const quantity = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,4}$/, 'A quantity is a whole number.')
      .transform(Number),
  ])
  .pipe(z.int('A quantity is a whole number.').min(1, 'At least one unit.').max(UNITS_MAX, `At most ${UNITS_MAX} units of one product.`))

const item = z.object({ sku, quantity: quantity.default(1) })

const categories: Array<[RegExp, string]> = [
  [/^(?:com\b|computer|laptop|notebook|desktop|pc)/i, 'Computers'],
  [/^(?:mon\b|monitor|display|screen)/i, 'Monitors'],
  [/^(?:pri\b|printer)/i, 'Printers'],
  [/^(?:acc\b|accessor)/i, 'Accessories'],
  [/^(?:net\b|network|router)/i, 'Networking'],
]

const category = z
  .string()
  .max(60)
  .transform((text) => cleanLine(text, 60))
  .transform((text) => categories.find(([pattern]) => pattern.test(text))?.[1] ?? text)

const items = z
  .array(item)
  .min(1, 'Nothing is named that could be ordered.')
  .max(LINES_MAX * 2)
  .transform(merged)
  .refine((lines) => lines.length <= LINES_MAX, `At most ${LINES_MAX} products in one order.`)
  .refine((lines) => lines.every((line) => line.quantity <= UNITS_MAX), `At most ${UNITS_MAX} units of one product.`)

/** One line a product, in the order in which they were named first. */
function merged(lines: Array<z.output<typeof item>>): Array<z.output<typeof item>> {
  const bySku = new Map<string, number>()
  for (const { sku, quantity } of lines) bySku.set(sku, (bySku.get(sku) ?? 0) + quantity)
  return [...bySku].map(([sku, quantity]) => ({ sku, quantity }))
}

const none = z.object({})

export const shopArguments = {
  list_products: z.object({ category: category.nullish() }),
  search_products: z.object({
    query: z
      .string()
      .transform((text) => cleanLine(text, 200))
      .pipe(z.string().min(1, 'Say what is looked for.')),
  }),
  get_product: z.object({ sku }),
  get_customer: none,
  list_orders: z.object({ status: z.enum(['draft', 'submitted', 'approved', 'fulfilled', 'cancelled']).nullish().catch(undefined) }),
  get_order: z.object({ order_id: orderId }),
  create_order: z.object({ items }),
  cancel_order: z.object({ order_id: orderId }),
  verify_customer_pin: none,
} satisfies Record<ShopToolName, z.ZodType>

export type ShopArguments<T extends ShopToolName> = z.output<(typeof shopArguments)[T]>
