import { barePage } from '#components/reference/bare-page.ts'
import { swaggerAddress, swaggerVersion } from './swagger-files.ts'

/** `GET /docs`: the API to be tried, in Swagger UI. Everything comes from this origin; the script has no inline part. */
export async function GET(request: Request): Promise<Response> {
  const version = await swaggerVersion()
  return barePage(request, {
    title: 'API documentation · Frontdesk',
    description: 'Every endpoint of this desk, to be tried.',
    styles: [swaggerAddress('swagger-ui.css', version), '/static/docs.css'],
    scripts: [{ src: swaggerAddress('swagger-ui-bundle.js', version) }, { src: '/static/docs.js' }],
    body: `<header class="bar">
  <a href="/">Frontdesk</a>
  <nav aria-label="API">
    <a href="/redoc">Reading view</a>
    <a href="/test">Developer page</a>
    <a href="/openapi.json">openapi.json</a>
  </nav>
</header>
<div id="swagger-ui"><p class="wait" role="status">Loading the API …</p></div>
<noscript><p class="wait">Trying the API needs JavaScript. The <a href="/redoc">reading view</a> does not.</p></noscript>`,
  })
}
