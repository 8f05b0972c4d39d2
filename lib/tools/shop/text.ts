/**
 * Reads the original server's answers, which are lines for people:
 *
 *   [MON-0054] NAME                                      Order ID: …
 *     Category: Monitors | Price: $166.85 | Stock: 7       Items:
 *                                                           2 x [MON-0054] NAME at $166.85 = $333.70
 *
 * What comes out has the names that structured answers use, and is judged by the same schemas.
 */

type Fields = Record<string, string>

/** The blocks of a list: what stands in brackets at a line's beginning, the rest of that line, and the fields under it. */
function blocks(text: string): Array<{ code: string; title: string; fields: Fields }> {
  const starts = [...text.matchAll(/^[ \t]*(?:\d+\. ?|[-*•] ?)?\[([^\]\n]{1,64})\][ \t]*([^\n]*)$/gm)]
  return starts.map((start, index) => {
    const end = starts[index + 1]?.index ?? text.length
    return { code: start[1] ?? '', title: start[2] ?? '', fields: fieldsOf(text.slice(start.index + start[0].length, end)) }
  })
}

/** `Name: value`, one a line or several between bars; names in lower case. The first of a name counts. */
function fieldsOf(text: string): Fields {
  const fields: Fields = {}
  for (const part of text.split(/\n| \| /)) {
    const [, name, value] = /^\W*([\p{L}][\p{L} _-]{0,40}?):[ \t]*(.+)$/u.exec(part.trim()) ?? []
    if (name !== undefined && value !== undefined) fields[name.toLowerCase()] ??= value.trim()
  }
  return fields
}

function numberIn(text: string | undefined): string | undefined {
  return /-?\d[\d,]*(?:\.\d+)?/.exec(text ?? '')?.[0].replaceAll(',', '')
}

function product(fields: Fields, sku: string | undefined, name: string | undefined) {
  const gone = /no longer|inactive|discontinued/i.test(fields.status ?? '')
  const { category, price, stock = fields.inventory } = fields
  return {
    sku,
    name,
    category,
    price: numberIn(price),
    stock: numberIn(stock),
    is_active: !gone,
  }
}

/** Products of a list, or the one that a text is about. */
export function productsIn(text: string): unknown[] {
  const fields = fieldsOf(text)
  if (fields.sku !== undefined) {
    const [, specifications = ''] = text.split(/^Specifications:[ \t]*$/m)
    return [{ ...product(fields, fields.sku, fields.product ?? fields.name), specifications: fieldsOf(specifications) }]
  }
  return blocks(text).map(({ code, title, fields }) => {
    // Some say on the product's own line that it is gone.
    return { ...product(fields, code, title), ...(/no longer sold/i.test(title) ? { is_active: false } : {}) }
  })
}

/** Orders of a list, or the one that a text is about. */
export function ordersIn(text: string): unknown[] {
  const fields = fieldsOf(text)
  const id = fields['order id'] ?? fields['order number']
  if (id !== undefined) return [order(fields, id, itemsIn(text))]
  return blocks(text).map(({ code, fields }) => order(fields, code, []))
}

function order(fields: Fields, order_id: string, items: unknown[]) {
  const tracking = fields.tracking ?? fields['tracking number'] ?? /tracking number (\S+)/i.exec(fields.shipped ?? '')?.[1]
  const customer = fields['customer id'] ?? fields.customer
  return {
    order_id,
    ...(customer === undefined ? {} : { customer_id: customer }),
    status: fields.status,
    payment_status: fields.payment ?? fields['payment status'],
    items,
    total: numberIn(fields.total ?? fields['total amount']),
    created_at: fields.placed ?? fields.created ?? fields['created at'] ?? fields.date,
    ...(tracking === undefined ? {} : { shipment: { tracking_number: tracking } }),
  }
}

/** `2 x [MON-0054] NAME at $166.85`, with or without the brackets, `x` or `×`, `at` or `@`. */
function itemsIn(text: string): unknown[] {
  const lines = text.matchAll(/^\W*(\d{1,4}) ?[x×] ?\[?([A-Za-z0-9-]{3,40})\]?(.*?)(?:at|@) ?\$?([\d,]+\.\d{2})/gm)
  return [...lines].map(([, quantity, sku, rest = '', price]) => {
    const name = rest.replace(/^[\W]+|[\s(,:-]+$/g, '')
    return { sku, quantity, unit_price: price, ...(name === '' ? {} : { name }) }
  })
}

/** The customer that a text is about. */
export function customerIn(text: string): unknown {
  const fields = fieldsOf(text)
  return { customer_id: fields['customer id'], name: fields['customer verified'] ?? fields.customer ?? fields.name, email: fields.email }
}
