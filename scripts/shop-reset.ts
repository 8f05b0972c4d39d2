import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig } from '#lib/config.ts'
import { keepSecret } from '#lib/identity/secrets.ts'
import { createLogger } from '#lib/logger.ts'
import { readDemoShop } from '#lib/shop/demo/demo-shop.ts'
import { fill } from '#lib/shop/shop.ts'
import { createShopStore } from '#lib/store/shop-store.ts'
import { openSqlite } from '#lib/store/sqlite-database.ts'

// `npm run shop:reset`: the shop is as on its first day; sessions and everything else stay. The desk must be stopped.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  const config = readConfig(process.env)
  const dataDir = resolve(config.DATA_DIR)
  const database = await openSqlite(dataDir, createLogger(config.LOG_LEVEL))
  try {
    const demo = readDemoShop(Date.now())
    await fill(createShopStore(database), keepSecret(dataDir, 'pin-pepper', config.PIN_PEPPER).value, demo)
    const { products, customers, orders } = demo
    console.log(`The shop in ${dataDir} is as new: ${products.length} products, ${customers.length} customers, ${orders.length} orders.`)
  } finally {
    await database.close()
  }
} catch (error) {
  console.error(`The shop was not reset.\n${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
