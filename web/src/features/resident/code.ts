/**
 * A tracking code as people type it: small letters, spaces, dashes, full-width characters. Empty when nothing usable
 * was typed; whether the code exists only the server knows.
 */
export function cleanCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
}

/** A code in groups of four, to be read out and written down. */
export function spacedCode(code: string): string {
  return cleanCode(code).replace(/(.{4})(?=.)/g, '$1-')
}

/** Copies a text; false when the browser does not let us (it asks for a secure page). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
