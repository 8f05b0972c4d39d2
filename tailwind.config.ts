import type { Config } from 'tailwindcss'

/**
 * The design system's words as utilities. The values stand in app/globals.css, once for light and once for dark;
 * whatever is not listed here does not exist, so no screen can invent a colour of its own.
 */
export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      surface: 'var(--surface)',
      raised: 'var(--raised)',
      sunken: 'var(--sunken)',
      ink: 'var(--ink)',
      muted: 'var(--muted)',
      line: 'var(--line)',
      accent: 'var(--accent)',
      'on-accent': 'var(--on-accent)',
      good: 'var(--good)',
      warn: 'var(--warn)',
      bad: 'var(--bad)',
    },
    fontFamily: {
      sans: ['var(--font-geist-sans)', 'system-ui', 'sans-serif'],
      mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      xs: ['0.75rem', '1rem'],
      sm: ['0.875rem', '1.25rem'],
      base: ['1rem', '1.5rem'],
      lg: ['1.125rem', '1.625rem'],
      xl: ['1.25rem', '1.75rem'],
      '2xl': ['1.625rem', '2.125rem'],
    },
    borderRadius: { none: '0', field: '0.5rem', bubble: '0.75rem', full: '9999px' },
    boxShadow: { none: 'none', float: 'var(--shadow)' },
    extend: {
      maxWidth: {
        // 68 characters of text, of Geist's average width.
        measure: '34rem',
        // The measure and the avatar's gutter beside it.
        column: '40rem',
      },
      screens: { xs: '24rem' },
      keyframes: {
        appear: { from: { opacity: '0', transform: 'translateY(4px)' } },
        breathe: { '0%, 60%, 100%': { opacity: '0.25' }, '30%': { opacity: '1' } },
      },
      animation: {
        appear: 'appear 160ms ease-out',
        breathe: 'breathe 1.2s ease-in-out infinite',
      },
    },
  },
} satisfies Config
