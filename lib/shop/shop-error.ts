/** Why the shop cannot do what it is asked: each name is part of the text that a client reads. A wrong PIN has none. */
type ShopErrorName =
  | ''
  | 'ProductNotFoundError'
  | 'CustomerNotFoundError'
  | 'OrderNotFoundError'
  | 'InsufficientInventoryError'
  | 'PriceMismatchError'
  | 'IdempotencyKeyError'
  | 'OrderStateError'

/** A refusal that the person or program on the other side may read as it is. */
export class ShopError extends Error {
  override readonly name: ShopErrorName

  constructor(name: ShopErrorName, message: string) {
    super(message)
    this.name = name
  }
}

/** What a client reads of a refusal: "InsufficientInventoryError: …". */
export function refusalText({ name, message }: ShopError): string {
  return name === '' ? message : `${name}: ${message}`
}
