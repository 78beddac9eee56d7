import { chromium } from '@playwright/test';
const [,, site, out, ...list] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const item of list) {
  const [lang, step, width, theme] = item.split(',');
  const context = await browser.newContext({ viewport: { width: +width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.on('console', (m) => console.log(item, m.type(), m.text()));
  page.on('pageerror', (e) => console.log(item, 'EXC', e.message));
  await page.goto(`${site}/${lang}`);
  if (step !== 'home') {
    await page.locator('form:has([value=tutorial]) button').first().click();
    await page.waitForURL('**/cluster');
    await page.goto(page.url().replace('cluster', step));
    if (step !== 'share') await page.waitForSelector('html[data-live]', { timeout: 8000 }).catch(() => console.log(item, 'NOT LIVE'));
  }
  await page.screenshot({ path: `${out}/${lang}-${step.replace('/', '')}-${width}-${theme}.png`, fullPage: true });
  await context.close();
}
await browser.close();
