const two = (n: number) => String(n).padStart(2, '0')

/** Unix milliseconds as the value of a datetime-local field, in the browser's time zone; empty without a time. */
export function toLocalInput(at: number | undefined): string {
  if (at === undefined || !Number.isFinite(at)) return ''
  const date = new Date(at)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The value of a datetime-local field as Unix milliseconds; undefined when it is empty. */
export function fromLocalInput(typed: string): number | undefined {
  const at = new Date(typed).getTime()
  return Number.isNaN(at) ? undefined : at
}
