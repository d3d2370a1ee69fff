/** Shows the page in English, as somebody does who chose it before: the browser's own language decides nothing. */
export async function english(page) {
  await page.evaluate(() => localStorage.setItem('gezhi.language', 'en'))
  await page.reload()
}
