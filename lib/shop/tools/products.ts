import { z } from 'zod'
import { toDecimal } from '../money.ts'
import { categories, type Product } from '../ports.ts'
import { toSku } from '../search.ts'
import { ShopError } from '../shop-error.ts'
import { asManyAsFit, counted, listText, productData, productLines, productSchema } from './told.ts'
import { describeTool } from './tool.ts'

/** The tools of the catalogue. They show nothing that is not on the shelf. */

/** Products in one answer, at most: so it stays within what models and clients read. */
const PAGE = 50

const offset = z.int().min(0).max(10_000).default(0).describe('How many products to leave out, for the rest of a long list')
const page = z.object({
  products: z.array(productSchema),
  total: z.int().describe('how many there are'),
  next_offset: z.int().optional().describe('where the list goes on, if it does'),
})

export const listProducts = describeTool({
  name: 'list_products',
  title: 'List products',
  description: `Lists products with price and stock, ${PAGE} at a time. Use it to browse a category or to see what is in stock.`,
  input: z.object({
    category: z.enum(categories).nullish().describe('Only this category'),
    is_active: z.boolean().nullish().describe('Only products that are sold (true) or no longer sold (false)'),
    offset,
  }),
  output: page,
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'everyone',
  async run({ shop }, { category, is_active, offset }) {
    const products = await shop.products({ category: category ?? undefined, isActive: is_active ?? undefined })
    return told(products, offset, `Found ${counted(products.length, 'product')}`)
  },
})

export const searchProducts = describeTool({
  name: 'search_products',
  title: 'Search products',
  description:
    'Finds products that are sold by words in any order: what they are ("monitor", "laptops"), what they have ("27 inch", "4K", "32 GB"), ' +
    'their name or their code ("mon0054").',
  input: z.object({ query: z.string().trim().min(1).max(200).describe('What is looked for'), offset }),
  output: page,
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'everyone',
  async run({ shop }, { query, offset }) {
    const products = await shop.search(query)
    if (products.length === 0) return { text: `No products found matching '${query}'`, data: { products: [], total: 0 } }
    return told(products, offset, `Found ${counted(products.length, 'product')} matching '${query}'`)
  },
})

export const getProduct = describeTool({
  name: 'get_product',
  title: 'Get a product',
  description: 'One product by its code: price, stock and specifications.',
  input: z.object({ sku: z.string().trim().min(1).max(40).describe('The product code, like MON-0054') }),
  output: productSchema,
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'everyone',
  async run({ shop }, { sku }) {
    const product = await shop.product(toSku(sku))
    if (!product) throw new ShopError('ProductNotFoundError', `There is no product ${toSku(sku)}`)
    return { text: productText(product), data: productData(product) }
  },
})

function told(products: Product[], offset: number, headline: string) {
  const shown = asManyAsFit(products.slice(offset), PAGE, productLines, productData)
  const end = offset + shown.data.length
  const more = end < products.length
  const range = shown.data.length < products.length ? ` (${offset + 1} to ${end}${more ? `; more with offset ${end}` : ''})` : ''
  return {
    text: listText(`${headline}${range}:`, shown.lines),
    data: { products: shown.data, total: products.length, ...(more && { next_offset: end }) },
  }
}

function productText(product: Product): string {
  return [
    `Product: ${product.name}`,
    `SKU: ${product.sku}`,
    `Category: ${product.category}`,
    `Price: $${toDecimal(product.priceCents)} USD`,
    `Stock: ${product.stock} units`,
    `Status: ${product.isActive ? 'Active' : 'No longer sold'}`,
    'Specifications:',
    ...Object.entries(product.specifications).map(([name, value]) => `  ${name}: ${valueText(value)}`),
  ].join('\n')
}

function valueText(value: Product['specifications'][string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
