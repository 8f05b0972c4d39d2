'use client'

export { BrokenPage as default } from '#components/chat/broken-page.tsx'
