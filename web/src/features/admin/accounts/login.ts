/** Characters at which each letter of the pinyin order begins; there is none for i, u and v. */
const firsts = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'
const letters = 'abcdefghjklmnopqrstwxyz'
const order = new Intl.Collator('zh-CN-u-co-pinyin')

/** The letter with which a Chinese character is said, '' for anything else. */
function initial(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return ''
  let found = ''
  for (const [i, first] of [...firsts].entries()) {
    if (order.compare(first, character) > 0) break
    found = letters[i] ?? ''
  }
  return found
}

/** A login for a name: Latin names as they are, Chinese ones by their initials, with the end of the phone number. */
export function proposeLogin(name: string, phone: string): string {
  const latin = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9 ._-]/g, '').trim().replace(/\s+/g, '.')
  const stem = latin.length >= 2 ? latin : [...name].map(initial).join('')
  const digits = phone.replace(/\D/g, '')
  if (!stem) return digits
  return (stem + digits.slice(-4)).slice(0, 40)
}
