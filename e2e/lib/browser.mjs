// Chromium, and pages that remember everything that went wrong in them.
import { chromium, devices } from 'playwright-core'

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
  // Maps need WebGL; without a graphics card it is drawn by the processor.
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  // A microphone that beeps, for recordings.
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
]

export const viewports = {
  desk: { viewport: { width: 1440, height: 900 } },
  wide: { viewport: { width: 1920, height: 1080 } },
  phone: {
    viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
    userAgent: devices['Pixel 7'].userAgent,
  },
}

export function launch(executablePath) {
  return chromium.launch({ executablePath, headless: true, args: flags })
}

/** Fails when the browser cannot draw a map. */
export async function checkWebGL(chrome) {
  const page = await chrome.newPage()
  try {
    const renderer = await page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2')
      return gl && gl.getParameter(gl.VERSION)
    })
    if (!renderer) throw new Error('Chromium has no WebGL 2 here, which maps need')
    return renderer
  } finally {
    await page.close()
  }
}

/**
 * The browser as one journey sees it: every person has a context of their own.
 * `problems()` tells what went wrong in any page so far and was not expected.
 */
export function makeBrowser(chrome, base, { zone = 'Asia/Shanghai' } = {}) {
  const contexts = []
  const problems = []

  /**
   * Opens a page as one person.
   * @param {{path?: string, viewport?: 'desk' | 'wide' | 'phone', as?: string, password?: string, locale?: string,
   *   position?: {longitude: number, latitude: number, accuracy?: number}, worker?: boolean, at?: number, expected?: RegExp[]}} options
   *   `as` signs in over the API first; `worker: false` goes without a service worker, whose requests cannot be held up; `at` sets the page's clock to a moment; `expected` are console errors or failed requests that belong to the journey
   */
  async function open({ path = '/', viewport = 'desk', as, password = 'gezhi-demo', locale = 'zh-CN', position, worker = true, at, expected = [] } = {}) {
    const context = await chrome.newContext({
      ...viewports[viewport], locale, timezoneId: zone, baseURL: base, reducedMotion: 'reduce',
      ...(position && { geolocation: position, permissions: ['geolocation'] }),
      ...(!worker && { serviceWorkers: 'block' }),
    })
    contexts.push(context)
    // Nobody's language is guessed: whoever wants English has chosen it, here or before.
    if (locale.startsWith('en')) await context.addInitScript(() => {
      if (location.protocol !== 'about:' && !localStorage.getItem('gezhi.language')) localStorage.setItem('gezhi.language', 'en')
    })
    context.setDefaultTimeout(15_000)
    if (as) {
      const response = await context.request.post('/api/v1/session', {
        data: { login: as, password }, headers: { origin: base },
      })
      if (!response.ok()) throw new Error(`sign-in of ${as}: ${response.status()} ${await response.text()}`)
    }
    const page = await context.newPage()
    if (at) await page.clock.setSystemTime(at)
    const report = text => {
      if (!expected.some(pattern => pattern.test(text))) problems.push(text)
    }
    page.on('pageerror', error => report(`page error: ${error.stack ?? error.message}`))
    page.on('console', message => {
      if (message.type() === 'error') report(`console: ${message.text()} ${message.location().url ?? ''}`)
    })
    page.on('requestfailed', request => {
      const why = request.failure()?.errorText ?? ''
      if (why !== 'net::ERR_ABORTED') report(`request failed: ${request.method()} ${request.url()} ${why}`)
    })
    page.on('request', request => {
      const url = request.url()
      if (/^https?:/.test(url) && !url.startsWith(base)) report(`request to elsewhere: ${url}`)
    })
    page.on('response', response => {
      if (response.status() >= 500) report(`${response.status()} from ${response.request().method()} ${response.url()}`)
    })
    /** From here on, console errors and failed requests that match are part of the journey. */
    page.expectError = pattern => expected.push(pattern)
    await page.goto(path, { waitUntil: 'domcontentloaded' })
    return page
  }

  return {
    chrome,
    open,
    problems: () => [...problems],
    pages: () => contexts.flatMap(context => context.pages()),
    close: () => Promise.all(contexts.map(context => context.close().catch(() => {}))),
  }
}
