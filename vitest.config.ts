import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,components,scripts,evals,e2e,app}/**/*.test.{ts,tsx}'],
    exclude: ['node_modules', '.next'],
    testTimeout: 20_000,
    pool: 'forks',
  },
})
