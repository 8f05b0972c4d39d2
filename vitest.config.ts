import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.ts'],
    projects: [
      {
        test: {
          name: 'units',
          include: ['{app,components,lib,scripts}/**/*.test.{ts,tsx}'],
        },
      },
      {
        // Against real desks in processes of their own, one file at a time: they load the machine.
        test: {
          name: 'stories',
          include: ['{bench,e2e,evals}/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
          // A desk may take its time to open on a busy machine.
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
