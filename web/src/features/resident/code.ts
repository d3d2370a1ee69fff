/**
 * A tracking code as people type it: small letters, spaces and dashes, the letters that are read out wrongly.
 * Empty when nothing usable was typed; whether the code exists only the server knows.
 */
export function cleanCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
}
