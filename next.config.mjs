/** @type {import('next').NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // `npm run check` checks types; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // The desk's own packages are loaded by the server; what route handlers import of them stays outside the bundle.
  serverExternalPackages: ['pino', 'ws', 'kysely'],
  // The original services' addresses: each is the same handler as its canonical one.
  rewrites: async () => [
    { source: '/chat', destination: '/api/chat' },
    { source: '/session/:id/status', destination: '/api/session/:id/status' },
    { source: '/feedback', destination: '/api/feedback' },
    { source: '/broadcast', destination: '/api/broadcast' },
    { source: '/stats', destination: '/api/stats' },
    { source: '/connections', destination: '/api/connections' },
    { source: '/health', destination: '/api/health' },
    { source: '/ready', destination: '/api/ready' },
    { source: '/widget_websocket_fixed.html', destination: '/widget/websocket-fixed' },
    { source: '/widget_websocket.html', destination: '/widget/websocket' },
    { source: '/widget_integration.html', destination: '/widget/integration' },
    { source: '/client.html', destination: '/widget/client' },
  ],
}
