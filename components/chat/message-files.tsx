import { FileText } from 'lucide-react'
import type { Attachment } from '#lib/protocol/events.ts'
import { useChat } from './chat-context.ts'
import { fileSize } from './file-size.ts'
import { texts } from './texts.ts'

/** The files of a message: pictures to be seen, others to be opened. */
export function MessageFiles({ files }: { files: readonly Attachment[] | undefined }) {
  const { fileUrl } = useChat()
  if (!files?.length) return null
  return (
    <ul aria-label={texts.attachments} className="flex max-w-[min(85%,34rem)] flex-wrap justify-end gap-1.5">
      {files.map((file) => (
        <li key={file.file_id} className="min-w-0">
          <a
            href={fileUrl(file.file_id)}
            target="_blank"
            rel="noreferrer"
            aria-label={texts.fileOpen(file.name, fileSize(file.size))}
            className="block rounded-bubble"
          >
            {file.media_type.startsWith('image/') ? <Picture file={file} url={fileUrl(file.file_id)} /> : <Paper file={file} />}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Picture({ file, url }: { file: Attachment; url: string | undefined }) {
  // The size of the box is the desk's, so that nothing moves when the picture comes.
  return (
    // biome-ignore lint/performance/noImgElement: a visitor's own file, behind their token; there is nothing to optimise it with.
    <img src={url} alt={file.name} loading="lazy" className="size-36 rounded-bubble border border-line bg-raised object-cover" />
  )
}

function Paper({ file }: { file: Attachment }) {
  return (
    <span className="inline-flex max-w-full items-center gap-2 rounded-bubble border border-line bg-raised px-3 py-2 text-sm hover:border-muted/60">
      <FileText aria-hidden className="size-5 shrink-0 text-muted" />
      <span className="min-w-0 truncate">{file.name}</span>
      <span className="shrink-0 text-xs text-muted">{fileSize(file.size)}</span>
    </span>
  )
}
