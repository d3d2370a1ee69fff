import type { components } from '@/api/schema'

export type OfferedAccount = components['schemas']['PeopleDemoAccountView']

/** Every demo account has this password; the page says so. */
export const demoPassword = 'gezhi-demo'

/** A way in: where an account lands. */
export interface Door {
  path: string
  label: 'desk' | 'window' | 'admin' | 'phone' | 'screen'
}

const onDesk: Door = { path: '/desk', label: 'desk' }
const onPhone: Door = { path: '/m', label: 'phone' }

/** The faces in the order in which they are offered, each with where it lands, the usual way first. */
const doorsOf: Record<string, Door[]> = {
  desk: [onDesk],
  phone: [onPhone, onDesk],
  unit: [onDesk],
  window: [{ path: '/desk/window', label: 'window' }],
  supervisor: [onDesk],
  leader: [onDesk, { path: '/screen', label: 'screen' }],
  admin: [{ path: '/desk/admin', label: 'admin' }],
}

/** A face with the accounts that show it. */
export interface Offered {
  face: string
  doors: Door[]
  accounts: OfferedAccount[]
}

/** Groups the accounts by face. On the phone its own come first. An account of a face that is not known here is an office's. */
export function offered(accounts: readonly OfferedAccount[], home: string): Offered[] {
  const faces = Object.keys(doorsOf)
  if (home === onPhone.path) faces.sort((a, b) => Number(b === 'phone') - Number(a === 'phone'))
  return faces
    .map((face) => ({
      face,
      doors: doorsOf[face]!,
      accounts: accounts.filter((one) => (one.face in doorsOf ? one.face : 'unit') === face),
    }))
    .filter((group) => group.accounts.length > 0)
}

/** Tells whether two paths belong to one page that the server gives, so that no new one must be loaded. */
export function sameFace(one: string, other: string): boolean {
  const pageOf = (path: string) => /^\/(m|screen)(?=\/|$|\?)/.exec(path)?.[1]
  return pageOf(one) === pageOf(other)
}
