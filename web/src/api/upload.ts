import { offline, problemError, type ApiError } from './error'
import { intentHeader, newIntent } from './intent'
import { reportSignedOut } from './client'

/** A stored file; `position` is what its EXIF says, offered and never trusted. */
export interface StoredFile {
  id: string
  kind: string
  width?: number
  height?: number
  position?: { lon: number; lat: number }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Sends one file and reports its progress from 0 to 1. XMLHttpRequest, because fetch cannot tell progress. */
export function upload(url: string, file: File, progress?: (share: number) => void): Promise<StoredFile> {
  return new Promise((resolve, reject: (error: ApiError) => void) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries(intentHeader(newIntent()))) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress?.(event.loaded / event.total)
    }
    request.onerror = () => reject(offline())
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) return resolve(body as StoredFile)
      if (request.status === 401) reportSignedOut()
      reject(problemError(request.status, body))
    }
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
