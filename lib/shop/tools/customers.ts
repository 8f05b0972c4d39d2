import { z } from 'zod'
import { ShopError } from '../shop-error.ts'
import { customerData, customerSchema } from './told.ts'
import { describeTool } from './tool.ts'

/** The tools that tell who a customer is. */

export const getCustomer = describeTool({
  name: 'get_customer',
  title: 'Get a customer',
  description: 'Name, e-mail, role and address of a customer.',
  input: z.object({ customer_id: z.uuid().describe('The id that verify_customer_pin answers') }),
  output: customerSchema.extend({ address: z.string() }),
  readOnly: true,
  destructive: false,
  idempotent: true,
  reach: 'keyholders',
  async run({ shop }, { customer_id }) {
    const customer = await shop.customer(customer_id)
    if (!customer) throw new ShopError('CustomerNotFoundError', `There is no customer ${customer_id}`)
    const { id, name, email, role, address } = customer
    return {
      text: `Customer: ${name}\nCustomer ID: ${id}\nEmail: ${email}\nRole: ${role}\nAddress: ${address}`,
      data: { ...customerData(customer), address },
    }
  },
})

export const verifyCustomerPin = describeTool({
  name: 'verify_customer_pin',
  title: 'Verify e-mail and PIN',
  description: 'Whose e-mail and 4-digit PIN these are. Wrong ones are counted, and after a few of them none is looked at for a while.',
  input: z.object({
    email: z.string().min(1).max(254).describe('The e-mail address of the account'),
    pin: z.string().min(1).max(32).describe('The 4-digit PIN'),
  }),
  output: customerSchema,
  // A wrong PIN is counted, and the fifth does more than the first.
  readOnly: false,
  destructive: false,
  idempotent: false,
  reach: 'keyholders',
  async run({ shop }, { email, pin }, { guard, ip }) {
    const customer = await guard({ email, ...(ip !== undefined && { ip }) }, () => shop.verifyPin(email, pin))
    if (!customer) throw new ShopError('', 'Customer not found or PIN incorrect')
    const { id, name } = customer
    return {
      text: `✓ Customer verified: ${name}\nCustomer ID: ${id}\nEmail: ${customer.email}\nRole: ${customer.role}`,
      data: customerData(customer),
    }
  },
})
