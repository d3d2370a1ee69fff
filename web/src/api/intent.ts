/**
 * An intent is one thing that a person wants done once. Its key is made when the person starts and kept over
 * retries, so the server does it once however often it is sent.
 */
export function newIntent(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The header that carries an intent. */
export const intentHeader = (intent: string) => ({ 'Idempotency-Key': intent })
