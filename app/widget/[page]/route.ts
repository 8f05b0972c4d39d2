import { barePage } from '#components/reference/bare-page.ts'
import { seedPage } from '../seed-pages.ts'

/** `GET /widget/{page}`: the pages that the original services had, under their own names by a rewrite. */
export async function GET(request: Request, { params }: { params: Promise<{ page: string }> }): Promise<Response> {
  const page = seedPage((await params).page)
  return page ? barePage(request, page) : new Response('Not found', { status: 404 })
}
