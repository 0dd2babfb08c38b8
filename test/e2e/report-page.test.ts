import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presentDrillHtml, presentReportHtml } from '../../src/report/index.ts'
import { freshFolder } from '../kit/program.ts'
import { drilled, told } from '../report/kit.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)
if (executablePath === undefined)
  console.warn('Skipped: no Chromium is installed, so the report pages are not opened in it.')

const folder = freshFolder()
const addressOf = (name: string, html: string): string => {
  const path = join(folder, `${name}.html`)
  writeFileSync(path, html)
  return pathToFileURL(path).href
}

const wide = 'x'.repeat(400)
const incident = told()
const pages = [
  ['a triage', addressOf('triage', presentReportHtml({ ...incident, unknown: [...incident.unknown, wide] }))],
  ['a drill', addressOf('drill', presentDrillHtml(drilled()))],
] as const
const [[, triage]] = pages

type Opened = { readonly page: Page; readonly requests: string[]; readonly messages: string[] }

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    // Continuous integration runs as root, where Chromium has no sandbox.
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
  })

  const open = async (address: string): Promise<Opened> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 844 } })
    const requests: string[] = []
    const messages: string[] = []
    page.on('request', request => void requests.push(request.url()))
    page.on('console', message => void messages.push(message.text()))
    page.on('pageerror', error => void messages.push(error.message))
    await page.goto(address)
    return { page, requests, messages }
  }

  it.each(pages)(
    'the report of %s asks for nothing, says nothing, and scrolls sideways at no width',
    async (_, address) => {
      const { page, requests, messages } = await open(address)
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 844 })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      }
      expect(requests).toEqual([address])
      expect(messages).toEqual([])
      await page.close()
    },
  )

  it.each(pages)(
    'the report of %s is dark where that is wished, and its text stands out',
    async (_, address) => {
      const lightness = (property: string) =>
        `getComputedStyle(document.body).${property}.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765`
      const { page } = await open(address)
      for (const [colorScheme, ink, paper] of [
        ['light', [0, 0.3], [0.9, 1]],
        ['dark', [0.8, 1], [0, 0.2]],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        const shown = [
          await page.evaluate(lightness('color')),
          await page.evaluate(lightness('backgroundColor')),
        ]
        expect(shown[0]).toBeGreaterThanOrEqual(ink[0])
        expect(shown[0]).toBeLessThanOrEqual(ink[1])
        expect(shown[1]).toBeGreaterThanOrEqual(paper[0])
        expect(shown[1]).toBeLessThanOrEqual(paper[1])
      }
      await page.close()
    },
  )

  it('an output unfolds by the keyboard', async () => {
    const { page } = await open(triage)
    const output = page.locator('#r1 pre')
    expect(await output.isVisible()).toBe(false)
    await page.locator('.run summary').first().focus()
    await page.keyboard.press('Enter')
    expect(await output.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await output.isVisible()).toBe(false)
    await page.close()
  })

  it('evidence opens the output that holds it', async () => {
    const { page } = await open(triage)
    await page.locator('.evidence a').first().click()
    const line = page.locator('mark').first()
    await line.waitFor({ state: 'visible' })
    expect(await line.textContent()).toContain('96%')
    await page.close()
  })

  it('on paper every fold is open, and nothing is cut off', async () => {
    const { page } = await open(triage)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#r1 pre').isVisible()).toBe(true)
    expect(await page.locator('.steps details li').first().isVisible()).toBe(true)
    expect(await page.locator('nav').isVisible()).toBe(false)
    const cut = await page.evaluate(
      "[...document.querySelectorAll('pre')].filter(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1).length",
    )
    expect(cut).toBe(0)
    await page.close()
  })
})
