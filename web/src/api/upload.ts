import { offline, problemError, type ApiError } from './error'
import { intentHeader, newIntent } from './intent'
import { withChallenge } from './challenge'
import { reportSignedOut } from './client'

/** A stored file; `lon` and `lat` are what the picture itself says, offered and never trusted. */
export interface StoredFile {
  id: string
  kind: string
  width?: number
  height?: number
  lon?: number
  lat?: number
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Progress = (share: number) => void

/** Sends one file and reports its progress from 0 to 1. */
export function upload(url: string, file: File, progress?: Progress): Promise<StoredFile> {
  const intent = intentHeader(newIntent())
  return withChallenge((challenge) => post(url, file, { ...intent, ...challenge }, progress))
}

/** By XMLHttpRequest, because fetch cannot tell progress. */
function post(url: string, file: File, headers: Record<string, string>, progress?: Progress): Promise<StoredFile> {
  return new Promise((resolve, reject: (error: ApiError) => void) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
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
