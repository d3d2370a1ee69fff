import type { Item } from './item'

/** Where items wait. They outlive the page, and with a browser's storage also the phone's restart. */
export interface Shelf {
  all(): Promise<Item[]>
  put(item: Item): Promise<void>
  remove(id: string): Promise<void>
}

/** A shelf that lives as long as the page: for browsers that keep nothing, as in private windows. */
export class MemoryShelf implements Shelf {
  private readonly items = new Map<string, Item>()

  all(): Promise<Item[]> {
    return Promise.resolve([...this.items.values()].map((item) => structuredClone(item)))
  }

  put(item: Item): Promise<void> {
    this.items.set(item.id, structuredClone(item))
    return Promise.resolve()
  }

  remove(id: string): Promise<void> {
    this.items.delete(id)
    return Promise.resolve()
  }
}

const table = 'items'

const asked = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })

class BrowserShelf implements Shelf {
  constructor(private readonly db: IDBDatabase) {}

  all(): Promise<Item[]> {
    return asked(this.db.transaction(table).objectStore(table).getAll() as IDBRequest<Item[]>)
  }

  put(item: Item): Promise<void> {
    return this.change((items) => items.put(item))
  }

  remove(id: string): Promise<void> {
    return this.change((items) => items.delete(id))
  }

  /** Only a transaction that has ended is on the disk. */
  private change(work: (items: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const change = this.db.transaction(table, 'readwrite', { durability: 'strict' })
      change.oncomplete = () => resolve()
      change.onerror = change.onabort = () => reject(change.error ?? new Error('indexedDB'))
      work(change.objectStore(table))
    })
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('gezhi.outbox', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'id' })
  return asked(request)
}

/** The browser's own storage, or the page's memory where there is none; `lasting` tells which. */
export async function openShelf(): Promise<{ shelf: Shelf; lasting: boolean }> {
  try {
    const db = await open()
    // A browser that runs short of room drops what was not asked to stay.
    void navigator.storage?.persist?.().catch(() => false)
    return { shelf: new BrowserShelf(db), lasting: true }
  } catch {
    return { shelf: new MemoryShelf(), lasting: false }
  }
}
