import { swaggerFile } from '../../swagger-files.ts'

/** `GET /docs/assets/{file}`: Swagger UI's own files. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params
  const found = await swaggerFile(file)
  if (!found) return new Response('Not found', { status: 404 })
  const headers = { 'content-type': found.type, 'cache-control': 'public, max-age=31536000, immutable' }
  return new Response(found.content, { headers })
}
