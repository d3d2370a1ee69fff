import { reactive } from 'vue'
import { newIntent } from '@/api/intent'
import { prepare } from '../lib/photo'
import type { KeptFile } from '../outbox/item'

/** Photos that were taken with the bar's button and wait for the page of the report to take them. */
const shots = reactive<[key: string, file: KeptFile][]>([])

export async function addShots(files: Iterable<File>): Promise<void> {
  for (const file of files) shots.push([newIntent(), { blob: await prepare(file), name: file.name }])
}

/** The list from which the page takes them out. */
export const takeShots = () => shots
