export const name = 'the demo says that it is invented, and each account is one click from where it works'

export async function run({ browser, expect, shot }) {
  const page = await browser.open({ path: '/desk/signin', expected: [/status of 401/] })
  await expect.visible(page.getByRole('complementary', { name: '演示说明' }).getByText('演示数据，均为虚构'))
  for (const face of ['值班台', '手机', '办理单位', '服务窗口', '网格监督', '街道领导', '管理', '居民']) {
    await expect.visible(page.getByRole('region', { name: face, exact: true }))
  }
  await shot(page, 'doors')
  await page.getByRole('button', { name: '以杜小蘅的身份进入手机版' }).click()
  await page.waitForURL(/\/m$/)
  await expect.visible(page.getByText('演示数据，均为虚构'))

  const clerk = await browser.open({ path: '/desk/signin', expected: [/status of 401/] })
  await clerk.getByRole('button', { name: '以管启明的身份进入管理' }).click()
  await clerk.waitForURL(/\/desk\/admin/)
  await expect.visible(clerk.getByText('演示数据，均为虚构'))
}
